import { paragraph } from '../../kernel/domain.ts'

export const summary = paragraph`
{% section %}
{{ period.words }}组织申报科技项目{{ projects.applied }}，其中国家级{{ projects.applied | where: 'level', 'national' }}；获上级立项{{ projects.won }}，其中国家级{{ projects.won | where: 'level', 'national' }}、省级{{ projects.won | where: 'level', 'provincial' }}。
{% endsection %}
{% section %}
争取科技资金{{ projects.funds-won | in: '万元' }}，{{ projects.funds-won | compared }}；项目资金到位{{ projects.funds-received | in: '万元' }}。
{% endsection %}
{% section %}
本级新立项目{{ projects.established }}，计划投资{{ projects.investment | in: '万元' }}。
{% endsection %}
{% section %}
通过验收的项目有{{ projects.accepted }}，期末在研{{ projects.in-progress }}，逾期未验收{{ projects.overdue }}。
{% endsection %}
{% section %}
推荐企业认定{{ projects.enterprises-recommended }}，完成公示{{ projects.enterprises-publicised }}，新认定{{ projects.enterprises-recognised }}，有效期内认定企业共{{ projects.enterprises }}。
{% endsection %}`

export const byProgramme = paragraph`
{% section %}
各计划类别的申报数如下表，合计{{ projects.applied }}。

{% breakdown 'projects.applied', by: 'programme' %}
{% endsection %}`

export const plan = paragraph`
{% section %}
计划申报项目{{ projects.applied | next_target }}，争取立项{{ projects.won | next_target }}，争取资金{{ projects.funds-won | next_target | in: '万元' }}。
{% endsection %}
{% section %}
计划新立项目{{ projects.established | next_target }}，组织验收{{ projects.accepted | next_target }}。
{% endsection %}`
