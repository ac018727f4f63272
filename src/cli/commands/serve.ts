import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { usageError } from '../exit.ts'
import { withPlace } from '../place.ts'
import type { ServeOptions } from '../serve.ts'

export function declareServe(program: Command, context: Context): void {
  const { invocation, help, version } = context
  withPlace(program.command('serve').description(help({ zh: '启动服务', en: 'Start the service' })), context)
    .option(
      '--port <port>',
      help({ zh: '端口，默认 7300；0 为任意空闲端口', en: 'port, default 7300; 0 any free one' }),
    )
    .option('--host <host>', help({ zh: '监听地址，默认 127.0.0.1', en: 'address to listen on' }), '127.0.0.1')
    .option('--demo', help({ zh: '首次启动时装入示范数据', en: 'load the demonstration on the first start' }))
    .option('--secure', help({ zh: '前面有 HTTPS 反向代理', en: 'an HTTPS proxy stands before it' }))
    .option(
      '--trust-proxy <address>',
      help({ zh: '相信这个代理转告的来访地址', en: "take this proxy's word on addresses" }),
    )
    .addOption(
      new Option('--log-level <level>', help({ zh: '标准错误上的日志', en: 'of the log on standard error' }))
        .choices(['debug', 'info', 'warn', 'error', 'silent'])
        .default('info'),
    )
    .action(async (options: Omit<ServeOptions, 'port'> & { port: string }) => {
      const port = portOf(options.port)
      const { serve } = await import('../serve.ts')
      await serve(invocation, { ...options, port }, version)
    })
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw usageError('port', { zh: `端口应为 0 到 65535，而不是“${text}”`, en: `A port is 0 to 65535, not ${text}` })
}
