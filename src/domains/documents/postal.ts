import { paragraph } from '../../kernel/domain.ts'

const work = paragraph`
{% section %}
## 科研项目

{% paragraph 'projects.summary' %}

{% paragraph 'contracts.summary' %}

{% paragraph 'acceptance.summary' %}

{% paragraph 'funds.summary' %}
{% endsection %}

{% section %}
## 系统切换与网点改造

{% paragraph 'cutover.summary' %}
{% endsection %}

{% section %}
## 设备更新与大修改造

{% paragraph 'equipment.summary' %}

{% paragraph 'purchasing.summary' %}

{% paragraph 'inspection.summary' %}{% paragraph 'maintenance.summary' %}

{% paragraph 'custody.summary' %}
{% endsection %}

{% section %}
## 局所联网

{% paragraph 'network.summary' %}
{% endsection %}

{% section %}
## 计量检定

{% paragraph 'metrology.summary' %}
{% endsection %}

{% section %}
## 技术培训

{% paragraph 'training.summary' %}
{% endsection %}

{% section %}
## 情报与刊物

{% paragraph 'publications.summary' %}
{% endsection %}

{% section %}
## 奖励与成果

{% paragraph 'awards.summary' %}

{% paragraph 'intellectual.summary' %}
{% endsection %}

{% section %}
## 科技管理

{% paragraph 'meetings.summary' %}

{% paragraph 'correspondence.summary' %}

{% paragraph 'schemes.summary' %}

{% paragraph 'notes.summary' %}
{% endsection %}`

const plans = paragraph`
{% paragraph 'projects.plan' %}

{% paragraph 'equipment.plan' %}

{% paragraph 'metrology.plan' %}

{% paragraph 'training.plan' %}

{% paragraph 'publications.plan' %}`

const opening = `{{ org.name }}围绕生产经营做好技术支撑，{{ period.words }}科技工作情况如下。文中数字均出自台账，可逐项查到记录。`

export const postalSummary = `${opening}

# 工作完成情况

${work}

{% section %}
# {{ next_period.words }}安排

${plans}
{% endsection %}`

export const postalHalfYearSummary = `title: {{ org.name }}{{ period.words }}科技工作总结

${opening}

# 工作开展情况

${work}

# 下步打算

抓紧在研项目和设备工程进度，按季检查，逾期的逐项说明原因和完成时间。`

export const postalPlan = `title: {{ org.name }}{{ next_period.words }}科技工作计划

根据{{ period.words }}完成情况，{{ org.name }}对{{ next_period.words }}科技工作作如下安排。

# {{ period.words }}完成情况

${work}

{% section %}
# 主要任务

${plans}
{% endsection %}

# 保障措施

项目、设备和计量任务按季检查进度，检查结果计入考核。`
