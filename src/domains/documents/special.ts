import { paragraph } from '../../kernel/domain.ts'

// Documents on one matter, and the short one: for both bureaus.

export const projectReport = paragraph`
title: {{ org.name }}{{ period.words }}科技项目专题报告

现将{{ org.name }}{{ period.words }}科技项目的申报立项、实施监理、经费使用和成果情况报告如下。文中数字均出自台账，可逐项查到记录。

{% section %}
# 申报与立项

{% paragraph 'projects.summary' %}

{% paragraph 'projects.byProgramme' %}
{% endsection %}

{% section %}
# 实施与验收

{% paragraph 'contracts.summary' %}

{% paragraph 'acceptance.summary' %}
{% endsection %}

{% section %}
# 经费

{% paragraph 'funds.summary' %}
{% endsection %}

{% section %}
# 成果

{% paragraph 'awards.summary' %}

{% paragraph 'intellectual.summary' %}
{% endsection %}

# 下步打算

按季考核进度，逾期的节点逐项落实责任人和完成时间，到期项目抓紧验收归档。`

export const briefing = paragraph`
title: {{ org.name }}工作简报({{ period.words }})

{% section %}
# 项目与成果

{% paragraph 'projects.summary' %}

{% paragraph 'awards.summary' %}
{% endsection %}

{% section %}
# 服务与培训

{% paragraph 'hotline.summary' %}

{% paragraph 'training.summary' %}
{% endsection %}

{% section %}
# 设备

{% paragraph 'equipment.summary' %}
{% endsection %}

{% section %}
# 会议与督办

{% paragraph 'meetings.summary' %}
{% endsection %}`
