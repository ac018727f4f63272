import { z } from 'zod'
import type { Role } from '../../kernel/people/actor.ts'
import {
  createPerson,
  grantRole,
  listPeople,
  readPerson,
  revokeRole,
  setDisabled,
  setPassword,
} from '../../kernel/people/people.ts'
import { ok } from '../../kernel/result.ts'
import { route } from '../route.ts'
import * as shapes from '../shapes.ts'

// People and their roles, to those who administer the units.

const secret = z.string().max(1000)
const rolesOf = (grants: readonly { org: string; role: string }[]) =>
  grants.map(({ org, role }) => ({ org, role: role as Role }))

export const peopleRoutes = [
  route(
    {
      name: 'listPeople',
      method: 'GET',
      path: '/people',
      title: { zh: '人员', en: 'People' },
      may: { right: 'administer', at: 'somewhere' },
      answer: z.strictObject({ people: z.array(shapes.person) }),
    },
    async ({ actor, ledger }) => {
      const people = await listPeople(ledger, actor)
      return people.ok ? ok({ people: people.value }) : people
    },
  ),
  route(
    {
      name: 'createPerson',
      method: 'POST',
      path: '/people',
      title: { zh: '新建人员', en: 'Create a person' },
      may: { right: 'administer', at: 'org' },
      orgs: ({ body }) => (body as { grants: { org: string }[] }).grants.map(grant => grant.org),
      body: z.strictObject({
        login: z.string().max(200),
        name: z.string().max(200),
        password: secret.optional(),
        language: shapes.language.optional(),
        grants: z.array(shapes.roleAt).max(50),
      }),
      answer: shapes.person,
      status: 201,
      key: 'never',
    },
    ({ actor, body, ledger }) => createPerson(ledger, actor, { ...body, grants: rolesOf(body.grants) }),
  ),
  route(
    {
      name: 'readPerson',
      method: 'GET',
      path: '/people/:person',
      title: { zh: '查看人员', en: 'Read a person' },
      may: { right: 'administer', at: 'person' },
      answer: shapes.person,
    },
    ({ actor, params, ledger }) => readPerson(ledger, actor, params.person),
  ),
  route(
    {
      name: 'disablePerson',
      method: 'PATCH',
      path: '/people/:person',
      title: { zh: '停用或启用人员', en: 'Disable or enable a person' },
      may: { right: 'administer', at: 'person' },
      body: z.strictObject({ disabled: z.boolean() }),
      answer: shapes.person,
    },
    ({ actor, body, params, ledger }) => setDisabled(ledger, actor, params.person, body.disabled),
  ),
  route(
    {
      name: 'setPassword',
      method: 'PUT',
      path: '/people/:person/password',
      title: { zh: '重设密码', en: 'Set a password' },
      may: { right: 'administer', at: 'person' },
      body: z.strictObject({ password: secret, current: secret.optional() }),
      key: 'never',
    },
    ({ actor, body, params, ledger }) => setPassword(ledger, actor, params.person, body),
  ),
  route(
    {
      name: 'grantRole',
      method: 'POST',
      path: '/people/:person/grants',
      title: { zh: '授予角色', en: 'Grant a role' },
      may: { right: 'administer', at: 'org' },
      body: shapes.roleAt,
      answer: shapes.person,
    },
    ({ actor, body, params, ledger }) => grantRole(ledger, actor, params.person, rolesOf([body])[0]!),
  ),
  route(
    {
      name: 'revokeRole',
      method: 'DELETE',
      path: '/people/:person/grants',
      title: { zh: '收回角色', en: 'Revoke a role' },
      may: { right: 'administer', at: 'org' },
      query: shapes.roleAt,
      answer: shapes.person,
    },
    ({ actor, query, params, ledger }) => revokeRole(ledger, actor, params.person, rolesOf([query])[0]!),
  ),
]
