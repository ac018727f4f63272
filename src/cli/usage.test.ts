import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Installed, install, system } from './testing.ts'

// What needs no ledger: help, versions, definitions, completions, and words that mean nothing.

let installed: Installed
beforeAll(async () => {
  installed = await install()
})
afterAll(() => installed.remove())

const words = z.object({ zh: z.string().min(1), en: z.string().min(1) })

describe('help', () => {
  test('is in both languages, Chinese first, and in the one that was asked for', async () => {
    const both = await installed.yilu(['--help'])
    expect(both).toMatchObject({ code: 0, stderr: '' })
    expect(both.stdout).toMatch(/启动服务 \/ Start the service/)
    for (const command of 'serve demo import figure explain report audit verify rebuild backup restore types indicators'.split(
      ' ',
    ))
      expect(both.stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'))
    const english = await installed.yilu(['--lang', 'en', '--help'])
    expect(english.stdout).toContain('Start the service')
    expect(english.stdout).not.toMatch(/\p{Script=Han}/u)
    const chinese = await installed.yilu(['figure', '--help', '--lang', 'zh'])
    expect(chinese.stdout).toContain('查一个数字')
    expect(chinese.stdout).not.toContain('Ask for a figure')
  })

  test('follows the language of the system', async () => {
    const english = await installed.yilu(['--help'], { env: { LANG: 'en_GB.UTF-8' } })
    expect(english.stdout).toMatch(/Start the service \/ 启动服务/)
    const plain = await installed.yilu(['--help'], { env: { LANG: 'C' } })
    expect(plain.stdout).toMatch(/启动服务 \/ Start the service/)
  })

  test('stands on standard error, as wrong usage, when no command was given', async () => {
    const none = await installed.yilu([])
    expect(none).toMatchObject({ code: 2, stdout: '' })
    expect(none.stderr).toContain('yilu')
  })
})

test('--version prints the version of the package', async () => {
  expect(await installed.yilu(['--version'])).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' })
})

describe('definitions', () => {
  test('types and indicators are one JSON document each', async () => {
    const types = await installed.json(['types'])
    expect(types).toMatchObject({ code: 0, stderr: '' })
    const type = z.strictObject({
      type: z.string(),
      domain: z.string(),
      title: words,
      schema: z.looseObject({ type: z.literal('object') }),
    })
    expect(
      z
        .array(type)
        .min(10)
        .parse(types.document)
        .map(one => one.type),
    ).toContain('hotline.call')
    const indicators = await installed.json(['indicators'])
    const kind = z.enum(['count', 'sum', 'average', 'distinct', 'stock', 'latest', 'units', 'events', 'formula'])
    const indicator = z.strictObject({
      indicator: z.string(),
      title: words,
      unit: z.string(),
      kind,
      dimensions: z.array(z.string()),
    })
    const found = z.array(indicator).min(50).parse(indicators.document)
    expect(found.find(one => one.indicator === 'hotline.calls')).toMatchObject({ kind: 'count', unit: 'call' })
  })

  test('are tables for a person', async () => {
    const { stdout } = await installed.yilu(['types'])
    expect(stdout).toMatch(/^热线来电 +hotline\.call$/m)
    const english = await installed.yilu(['indicators', '--lang', 'en'])
    expect(english.stdout).toMatch(/hotline\.calls/)
  })

  test('are quiet when their reader goes away, and say so when the disk is full', async () => {
    const shell = (line: string) =>
      system('bash', ['-c', line.replace('yilu', `"${process.execPath}" "${installed.bin}"`)])
    expect(await shell('{ { yilu types --json 2>&1 1>&3; echo "exit $?"; } 3>&1 1>&4 | true; } 4>&1')).toBe('exit 0\n')
    expect(await shell('{ yilu types --json >/dev/full; echo "exit $?"; } 2>&1')).toMatch(/store\/output(.|\n)*exit 3/)
  })
})

describe.concurrent('wrong usage exits with 2, says why in both languages and prints nothing else', () => {
  const figure = ['figure', 'hotline.calls', '--org', 'K', '--period', '2024']
  test.each<[string, string[], string, RegExp]>([
    ['an unknown command', ['figrue'], 'usage/unknown-command', /figure/],
    ['an unknown option', ['types', '--foo'], 'usage/unknown-option', /--foo/],
    ['a missing argument', ['backup'], 'usage/missing-argument', /file/],
    ['a missing option', ['figure', 'hotline.calls', '--org', 'K'], 'usage/missing-mandatory-option-value', /--period/],
    ['an option without its value', ['figure', 'hotline.calls', '--org'], 'usage/option-missing-argument', /--org/],
    ['too many words', ['types', 'a'], 'usage/excess-arguments', /参数太多/],
    ['a value that is none of the choices', [...figure, '--scope', 'x'], 'usage/invalid-argument', /tree、self/],
    ['an unknown indicator', ['figure', 'a.b', '--org', 'K', '--period', '2024'], 'indicator/unknown', /a\.b/],
    [
      'a period that does not exist',
      ['figure', 'hotline.calls', '--org', 'K', '--period', '2024-13'],
      'period/month',
      /2024-13/,
    ],
    ['a narrowing without a value', [...figure, '--where', 'topic'], 'usage/where', /topic/],
    [
      'a page too long',
      ['explain', 'hotline.calls', '--org', 'K', '--period', '2024', '--limit', '0'],
      'usage/limit',
      /500/,
    ],
    ['an unknown record type', ['import', 'a.b', 'x.csv', '--org', 'K'], 'type/unknown', /a\.b/],
    ['a file that is not there', ['import', 'hotline.call', 'x.csv', '--org', 'K'], 'usage/no-file', /x\.csv/],
    ['a file of another kind', ['import', 'hotline.call', 'x.pdf', '--org', 'K'], 'usage/format', /x\.pdf/],
    [
      'a report of another kind',
      ['report', 'annual-summary', '--org', 'K', '--period', '2024', '--out', 'x.pdf'],
      'usage/format',
      /x\.pdf/,
    ],
    ['a port that is none', ['serve', '--port', '70000'], 'usage/port', /70000/],
    ['an org without its period', ['audit', '/etc/hostname', '--org', 'K'], 'usage/audit', /--period/],
    ['an unknown language', ['types', '--lang', 'fr'], 'usage/invalid-argument', /zh、en/],
    ['an unknown shell', ['completion', 'tcsh'], 'usage/invalid-argument', /bash、zsh、fish/],
  ])('%s', async (_, args, code, named) => {
    const { code: exit, stdout, stderr } = await installed.yilu(args)
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' })
    const lines = stderr.trimEnd().split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatch(/^错误：.*\p{Script=Han}/u)
    expect(lines[0]).toContain(`[${code}]`)
    expect(lines[0]).toMatch(named)
    expect(lines[1]).toMatch(/^Error: [^\p{Script=Han}]+$/u)
  })

  test('speaks the other language first when asked', async () => {
    const { stderr } = await installed.yilu(['--lang', 'en', 'figure', 'a.b', '--org', 'K', '--period', '2024'])
    expect(stderr).toBe('Error: There is no indicator a.b  [indicator/unknown]\n错误：没有指标“a.b”\n')
  })
})

test('a folder without a ledger is left as it is', async () => {
  const { code, stdout, stderr } = await installed.yilu(['rebuild', '--data', 'nothing', '--json'])
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
  expect(stderr).toContain('[store/no-ledger]')
  expect(await system('ls', [installed.folder])).toBe('installed\n')
})

describe('completion', () => {
  /** What bash offers after the words of a line. */
  const offers = async (line: string) => {
    const script = `source <("${process.execPath}" "${installed.bin}" completion bash)
      COMP_WORDS=(${line}); [[ "${line}" == *" " ]] && COMP_WORDS+=(''); COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 )); _yilu; printf '%s\\n' "\${COMPREPLY[@]}"`
    return (await system('bash', ['-c', script])).trim().split('\n')
  }
  test('offers commands, what is defined, options and their values', async () => {
    expect(await offers('yilu fi')).toEqual(['figure'])
    expect(await offers('yilu user ')).toEqual(expect.arrayContaining(['add', 'grant', 'list']))
    expect(await offers('yilu figure hotline.ca')).toContain('hotline.calls')
    expect(await offers('yilu figure hotline.calls --per')).toEqual(['--period'])
    expect(await offers('yilu figure hotline.calls --scope ')).toEqual(['tree', 'self'])
    expect(await offers('yilu import hotline.')).toContain('hotline.call')
  })

  test.each(['zsh', 'fish'])('of %s names every command', async shell => {
    const { code, stdout } = await installed.yilu(['completion', shell])
    expect(code).toBe(0)
    for (const command of ['serve', 'explain', 'completion']) expect(stdout).toContain(command)
  })
})
