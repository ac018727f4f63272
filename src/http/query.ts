// Query strings: `where[topic]=rice`, `filter[people][min]=3`, `org=A&org=B`, and `where.topic=rice` as addresses of
// figures have it.

type Nested = { [name: string]: string | string[] | Nested }

const NAME = /^([A-Za-z_][\w-]*)(?:\[([^\][]*)\](?:\[([^\][]*)\])?|\.([^\][]+))?$/

/** A query string as an object without prototype; a name that cannot be read stands as it is, to be refused by name. */
export function parseQuery(text: string): Nested {
  const query: Nested = Object.create(null)
  for (const [name, value] of new URLSearchParams(text)) {
    const match = NAME.exec(name)
    const path =
      match && !name.includes('__proto__')
        ? [match[1]!, match[2] ?? match[4], match[3]].filter(part => part !== undefined)
        : [name]
    put(query, path, value)
  }
  return query
}

function put(into: Nested, [name = '', ...rest]: readonly string[], value: string): void {
  const known = into[name]
  if (rest.length > 0) {
    const inner: Nested = typeof known === 'object' && !Array.isArray(known) ? known : (Object.create(null) as Nested)
    into[name] = inner
    put(inner, rest, value)
  } else if (known === undefined) into[name] = value
  else if (typeof known === 'string') into[name] = [known, value]
  else if (Array.isArray(known)) known.push(value)
  else into[name] = value
}
