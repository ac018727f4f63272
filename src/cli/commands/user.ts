import { randomBytes } from 'node:crypto'
import { type Command, Option } from 'commander'
import type { Ledger } from '../../kernel/ledger.ts'
import { operator } from '../../kernel/people/actor.ts'
import {
  createPerson,
  grantRole,
  listPeople,
  type Person,
  ROLES,
  revokeRole,
  setDisabled,
  setPassword,
} from '../../kernel/people/people.ts'
import type { Role } from '../../kernel/records/type.ts'
import type { Result } from '../../kernel/result.ts'
import type { Language, Words } from '../../kernel/words.ts'
import { type Context, JSON_HELP } from '../context.ts'
import { accepted, EXIT, Refusal, usageError } from '../exit.ts'
import { type PlaceOptions, withLedger, withPlace } from '../place.ts'
import { readSecret } from '../secret.ts'
import { table } from '../table.ts'

interface Options extends PlaceOptions {
  readonly json?: boolean
  readonly passwordStdin?: boolean
}

interface NewOptions extends Options {
  readonly name: string
  readonly role?: Role
  readonly org?: string
}

/** `user`: enough to let people in; the rest is done on screen. */
export function declareUser(program: Command, context: Context): void {
  const { invocation, help } = context
  const { language } = invocation
  const user = program.command('user').description(help({ zh: '人员与权限', en: 'People and their roles' }))
  const add = (usage: string, words: Words) =>
    withPlace(user.command(usage).description(help(words)), context).option('--json', help(JSON_HELP))
  const passwordHelp = help({
    zh: '从标准输入读密码；没有终端可问时默认生成一个',
    en: 'read the password from standard input',
  })

  add('add <login>', { zh: '新建人员', en: 'Create a person' })
    .requiredOption('--name <name>', help({ zh: '姓名', en: 'name' }))
    .addOption(new Option('--role <role>', help({ zh: '角色，与 --org 同用', en: 'role, with --org' })).choices(ROLES))
    .option('--org <code>', help({ zh: '任职单位，权限及于下级', en: 'org unit of the role, with all beneath' }))
    .option('--password-stdin', passwordHelp)
    .action(async (login: string, options: NewOptions) => {
      const { name, role, org } = options
      if ((role === undefined) !== (org === undefined))
        throw usageError('role', { zh: '--role 与 --org 要一起给出', en: '--role and --org are given together' })
      const chosen = await choosePassword(options, language)
      await withLedger(invocation, options, { mayCreate: true, saves: true }, async ledger => {
        const grants = role && org ? [{ role, org }] : []
        const password = chosen.password
        const made = accepted(await createPerson(ledger, operator('cli'), { login, name, password, grants, language }))
        const told = chosen.generated ? { password } : {}
        invocation.answer(options, { ...made, ...told }, () =>
          [personLine(made, language), chosen.generated && passwordLine(password, language)].filter(Boolean).join('\n'),
        )
      })
    })

  add('password <login>', { zh: '重设密码，并结束其登录', en: 'Set a new password and end the sessions' })
    .option('--password-stdin', passwordHelp)
    .action(async (login: string, options: Options) => {
      const chosen = await choosePassword(options, language)
      await withLedger(invocation, options, { saves: true }, async ledger => {
        const person = await personNamed(ledger, login)
        accepted(await setPassword(ledger, operator('cli'), person.id, { password: chosen.password }))
        const told = chosen.generated ? { password: chosen.password } : {}
        invocation.answer(options, { login: person.login, ...told }, () =>
          chosen.generated ? passwordLine(chosen.password, language) : language === 'zh' ? '密码已改' : 'Password set',
        )
      })
    })

  const changed = (
    options: Options,
    login: string,
    change: (ledger: Ledger, person: Person) => Promise<Result<Person>>,
  ) =>
    withLedger(invocation, options, { saves: true }, async ledger => {
      const person = accepted(await change(ledger, await personNamed(ledger, login)))
      invocation.answer(options, person, () => personLine(person, language))
    })

  add('grant <login> <role> <org>', { zh: '授予角色', en: 'Give a role at an org unit' }).action(
    (login: string, role: Role, org: string, options: Options) =>
      changed(options, login, (ledger, { id }) => grantRole(ledger, operator('cli'), id, { role, org })),
  )
  add('revoke <login> <role> <org>', { zh: '收回角色', en: 'Take a role back' }).action(
    (login: string, role: Role, org: string, options: Options) =>
      changed(options, login, (ledger, { id }) => revokeRole(ledger, operator('cli'), id, { role, org })),
  )
  add('disable <login>', { zh: '停用，并结束其登录', en: 'Keep from signing in' }).action(
    (login: string, options: Options) =>
      changed(options, login, (ledger, { id }) => setDisabled(ledger, operator('cli'), id, true)),
  )
  add('enable <login>', { zh: '重新启用', en: 'Let sign in again' }).action((login: string, options: Options) =>
    changed(options, login, (ledger, { id }) => setDisabled(ledger, operator('cli'), id, false)),
  )
  add('list', { zh: '列出人员', en: 'List people' }).action((options: Options) =>
    withLedger(invocation, options, {}, async ledger => {
      const people = accepted(await listPeople(ledger, operator('cli')))
      const titles = language === 'zh' ? ['登录名', '姓名', '角色', '状态'] : ['Login', 'Name', 'Roles', 'State']
      const disabled = language === 'zh' ? '停用' : 'disabled'
      invocation.answer(options, people, () =>
        table(
          titles.map(title => ({ title })),
          people.map(person => [person.login, person.name, rolesOf(person), person.disabled ? disabled : '']),
        ),
      )
    }),
  )
}

const rolesOf = (person: Person) => person.grants.map(({ role, org }) => `${role}@${org}`).join(' ')

const personLine = (person: Person, language: Language): string =>
  `${person.login}  ${person.name}  ${rolesOf(person)}${person.disabled ? (language === 'zh' ? '  停用' : '  disabled') : ''}`

const passwordLine = (password: string, language: Language): string =>
  language === 'zh' ? `密码 ${password}（只显示这一次）` : `Password ${password} (shown this once)`

async function personNamed(ledger: Ledger, login: string): Promise<Person> {
  const people = accepted(await listPeople(ledger, operator('cli')))
  const person = people.find(one => one.login === login.normalize('NFKC').trim().toLowerCase())
  if (person) return person
  throw new Refusal(
    [
      {
        code: 'person/unknown',
        value: login,
        zh: `没有登录名为“${login}”的人员`,
        en: `There is nobody with the login ${login}`,
      },
    ],
    EXIT.usage,
  )
}

async function choosePassword(
  { passwordStdin }: Options,
  language: Language,
): Promise<{ password: string; generated: boolean }> {
  if (!passwordStdin && !process.stdin.isTTY)
    return { password: randomBytes(12).toString('base64url'), generated: true }
  return { password: await readSecret(process.stdin, process.stderr, language), generated: false }
}
