import { paragraph } from '../../kernel/domain.ts'

export const summary = paragraph`
{% section %}{{ period.words }}组织申报科技项目{{ projects.applied }}。{% endsection %}
{%- section %}申报的国家级项目有{{ projects.applied | where: 'level', 'national' }}。{% endsection %}
{%- section %}获上级立项{{ projects.won }}。{% endsection %}
{%- section %}其中国家级{{ projects.won | where: 'level', 'national' }}。{% endsection %}
{%- section %}其中省级{{ projects.won | where: 'level', 'provincial' }}。{% endsection %}

{% section %}争取科技资金{{ projects.funds-won | in: '万元' }}，{{ projects.funds-won | compared }}。{% endsection %}
{%- section %}项目资金到位{{ projects.funds-received | in: '万元' }}。{% endsection %}

{% section %}本级新立项目{{ projects.established }}，计划投资{{ projects.investment | in: '万元' }}。{% endsection %}
{%- section %}通过验收的项目有{{ projects.accepted }}。{% endsection %}
{%- section %}期末在研项目{{ projects.in-progress }}。{% endsection %}
{%- section %}逾期尚未验收的有{{ projects.overdue }}。{% endsection %}

{% section %}推荐申报企业{{ projects.enterprises-recommended }}，完成公示{{ projects.enterprises-publicised }}，新认定{{ projects.enterprises-recognised }}。{% endsection %}
{%- section %}有效期内的认定企业共{{ projects.enterprises }}。{% endsection %}`

export const byProgramme = paragraph`
{% section %}
各计划类别的申报数列表如下，合计{{ projects.applied }}。

{% breakdown 'projects.applied', by: 'programme', title: '计划类别' %}
{% endsection %}`

export const plan = paragraph`
{% section %}计划申报项目{{ projects.applied | next_target }}。{% endsection %}
{%- section %}计划争取立项{{ projects.won | next_target }}。{% endsection %}
{%- section %}计划争取资金{{ projects.funds-won | in: '万元' | next_target }}。{% endsection %}
{%- section %}计划新立项目{{ projects.established | next_target }}。{% endsection %}
{%- section %}计划组织验收{{ projects.accepted | next_target }}。{% endsection %}`
