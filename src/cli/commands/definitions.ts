import type { Command } from 'commander'
import { registry } from '../../app.ts'
import { unitOf } from '../../kernel/figures/units.ts'
import { typeSchema } from '../../kernel/records/type.ts'
import { type Context, JSON_HELP } from '../context.ts'
import { table } from '../table.ts'

/** `types` and `indicators`: what is defined. They need no ledger. */
export function declareDefinitions(program: Command, { invocation, help }: Context): void {
  const { language } = invocation
  program
    .command('types')
    .description(help({ zh: '列出各种台账', en: 'List the record types' }))
    .option('--json', help(JSON_HELP))
    .action((options: { json?: boolean }) => {
      const types = [...registry.types.values()].map(type => ({
        type: type.id,
        domain: registry.domainOf(type.id),
        title: type.title,
        schema: typeSchema(type),
      }))
      invocation.answer(options, types, () =>
        table(
          language === 'zh' ? [{ title: '台账' }, { title: '代号' }] : [{ title: 'Record type' }, { title: 'Name' }],
          types.map(({ type, title }) => [title[language], type]),
        ),
      )
    })

  program
    .command('indicators')
    .description(help({ zh: '列出各项指标', en: 'List the indicators' }))
    .option('--json', help(JSON_HELP))
    .action((options: { json?: boolean }) => {
      const indicators = [...registry.indicators].map(([indicator, { title, unit, kind, by }]) => ({
        indicator,
        title,
        unit,
        kind,
        dimensions: by,
      }))
      const titles = language === 'zh' ? ['指标', '代号', '单位', '维度'] : ['Indicator', 'Name', 'Unit', 'Dimensions']
      invocation.answer(options, indicators, () =>
        table(
          titles.map(title => ({ title })),
          indicators.map(({ indicator, title, unit, dimensions }) => [
            title[language],
            indicator,
            unitOf(unit)[language],
            dimensions.join(' '),
          ]),
        ),
      )
    })
}
