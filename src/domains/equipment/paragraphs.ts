import { paragraph } from '../../kernel/domain.ts'

export const summary = paragraph`
{% section %}{{ period.words }}批准设备新增、更新和大修改造项目{{ equipment.projects }}。{% endsection %}
{%- section %}固定资产投资{{ equipment.fixed-asset-investment | in: '万元' }}。{% endsection %}
{%- section %}大修改造资金{{ equipment.overhaul-funds | in: '万元' }}，使用率{{ equipment.overhaul-funds-used }}。{% endsection %}

{% section %}大修邮资机{{ equipment.overhauled | where: 'kind', 'franking-machine' }}。{% endsection %}
{%- section %}大修打印机{{ equipment.overhauled | where: 'kind', 'printer' }}。{% endsection %}
{%- section %}大修发电机{{ equipment.overhauled | where: 'kind', 'generator' }}。{% endsection %}
{%- section %}改造制签机{{ equipment.retrofitted | where: 'kind', 'label-maker' | classifier: '套' }}。{% endsection %}
{%- section %}改造称重终端{{ equipment.retrofitted | where: 'kind', 'weighing-terminal' }}。{% endsection %}

{% section %}安装并调测自动取款机{{ equipment.installed | where: 'kind', 'atm' }}。{% endsection %}
{%- section %}安装并调测POS机{{ equipment.installed | where: 'kind', 'pos' }}。{% endsection %}

{% section %}网点通信网改造完成{{ equipment.outlets-converted }}，其中两网合一{{ equipment.outlets-converted | where: 'mode', 'merged' }}、储蓄独立网点{{ equipment.outlets-converted | where: 'mode', 'stand-alone' }}。{% endsection %}

{% section %}开展设备检查{{ equipment.inspections }}，检查设备{{ equipment.checked }}，完好率{{ equipment.sound-rate }}。{% endsection %}
{%- section %}期末尚未修复的问题{{ equipment.open-findings }}。{% endsection %}`

export const plan = paragraph`
{% section %}计划安排固定资产投资{{ equipment.fixed-asset-investment | in: '万元' | next_target }}。{% endsection %}
{%- section %}计划大修设备{{ equipment.overhauled | next_target }}。{% endsection %}
{%- section %}计划改造设备{{ equipment.retrofitted | next_target }}。{% endsection %}`
