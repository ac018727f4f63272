import { paragraph } from '../../kernel/domain.ts'

const work = paragraph`
{% section %}
## 项目与资金

{% paragraph 'projects.summary' %}

{% paragraph 'contracts.summary' %}

{% paragraph 'acceptance.summary' %}

{% paragraph 'funds.summary' %}
{% endsection %}

{% section %}
## 科技企业

{% paragraph 'enterprises.summary' %}

{% paragraph 'enterprises.output' %}
{% endsection %}

{% section %}
## 科技服务热线

{% paragraph 'hotline.summary' %}

{% paragraph 'hotline.monthly' %}
{% endsection %}

{% section %}
## 信息进村与知识库

{% paragraph 'knowledge.summary' %}

{% paragraph 'exchange-board.summary' %}

{% paragraph 'information.summary' %}
{% endsection %}

{% section %}
## 科技培训

{% paragraph 'training.summary' %}
{% endsection %}

{% section %}
## 科普宣传

{% paragraph 'outreach.summary' %}

{% paragraph 'materials.summary' %}
{% endsection %}

{% section %}
## 科技特派员

{% paragraph 'envoys.summary' %}
{% endsection %}

{% section %}
## 试验示范与检测

{% paragraph 'trials.summary' %}

{% paragraph 'samples.summary' %}
{% endsection %}

{% section %}
## 乡村科技

{% paragraph 'townships.summary' %}
{% endsection %}

{% section %}
## 帮扶与驻点

{% paragraph 'households.summary' %}

{% paragraph 'worksites.summary' %}
{% endsection %}

{% section %}
## 成果与奖励

{% paragraph 'awards.summary' %}

{% paragraph 'awards.notable' %}

{% paragraph 'intellectual.summary' %}
{% endsection %}

{% section %}
## 科技人才

{% paragraph 'talent.summary' %}
{% endsection %}

{% section %}
## 设备与计量

{% paragraph 'equipment.summary' %}

{% paragraph 'metrology.summary' %}
{% endsection %}

{% section %}
## 信息刊物

{% paragraph 'publications.summary' %}
{% endsection %}

{% section %}
## 学习与党建

{% paragraph 'sessions.summary' %}
{% endsection %}

{% section %}
## 机关建设

{% paragraph 'meetings.summary' %}

{% paragraph 'correspondence.summary' %}

{% paragraph 'schemes.summary' %}

{% paragraph 'openness.summary' %}
{% endsection %}`

/** What targets of the year after say, one line a domain. */
export const plans = paragraph`
{% paragraph 'projects.plan' %}

{% paragraph 'hotline.plan' %}

{% paragraph 'training.plan' %}

{% paragraph 'outreach.plan' %}

{% paragraph 'envoys.plan' %}

{% paragraph 'equipment.plan' %}

{% paragraph 'metrology.plan' %}

{% paragraph 'publications.plan' %}`

const opening = `{{ org.name }}按照年初部署推进科技工作，现将{{ period.words }}的情况总结如下。文中数字均出自台账，可逐项查到记录。`

export const annualSummary = `${opening}

# 工作完成情况

${work}

{% section %}
# {{ next_period.words }}安排

${plans}
{% endsection %}`

export const halfYearSummary = `title: {{ org.name }}{{ period.words }}工作总结及下一步打算

${opening}

# 工作开展情况

${work}

{% section %}
# 项目申报明细

{% paragraph 'projects.byProgramme' %}
{% endsection %}

{% section %}
# 培训内容

{% paragraph 'training.byTopic' %}
{% endsection %}

# 下步打算

对照全年目标查找差距，把未完成的任务落实到人、到月，并及时登记台账。`

export const annualPlan = `title: {{ org.name }}{{ next_period.words }}工作计划

根据{{ period.words }}完成情况，{{ org.name }}对{{ next_period.words }}工作作如下安排。

# {{ period.words }}完成情况

${work}

{% section %}
# 主要任务

${plans}
{% endsection %}

# 保障措施

各项任务明确责任人和完成时限，按月登记、按季检查，年底对账。`
