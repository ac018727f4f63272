export type Shell = 'bash' | 'zsh' | 'fish'
export const SHELLS: readonly Shell[] = ['bash', 'zsh', 'fish']

/** A command as a shell completes it. */
export interface Completed {
  /** Words that lead to it: '', 'figure', 'user add'. */
  readonly path: string
  readonly about: string
  /** What may follow: commands beneath it, or values of its first argument. */
  readonly words: readonly string[]
  readonly options: readonly CompletedOption[]
}

export interface CompletedOption {
  readonly name: string
  readonly about: string
  /** Values it takes, when they are few; undefined: it takes none, or any. */
  readonly values?: readonly string[]
}

export const completionScript = (shell: Shell, commands: readonly Completed[]): string =>
  shell === 'fish' ? fish(commands) : shell === 'zsh' ? zsh(commands) : bash(commands)

/** Words are looked up by the longest path of commands that has been typed; after an option with values, its values. */
function bash(commands: readonly Completed[]): string {
  const cases = commands.map(
    ({ path, words, options }) =>
      `    ${quoted(path)}) words=${quoted([...words, ...options.map(option => option.name)].join(' '))} ;;`,
  )
  const values = new Map(
    commands.flatMap(({ options }) => options.map(option => [option.name, option.values] as const)),
  )
  const valued = [...values].flatMap(([name, list]) =>
    list ? [`    ${name}) words=${quoted(list.join(' '))} ;;`] : [],
  )
  const paths = commands.map(({ path }) => quoted(path)).join(' ')
  return `# bash: source <(yilu completion bash)
_yilu() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} path='' word longer known words=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    longer=\${path:+$path }$word
    for known in ${paths}; do [[ $known == "$longer" ]] && path=$longer; done
  done
  case $path in
${cases.join('\n')}
  esac
  case $previous in
${valued.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _yilu yilu
`
}

/** zsh reads the script of bash. */
const zsh = (commands: readonly Completed[]): string =>
  `# zsh: source <(yilu completion zsh)
autoload -U +X compinit && (( \${+functions[compdef]} )) || compinit
autoload -U +X bashcompinit && bashcompinit
${bash(commands).split('\n').slice(1).join('\n')}`

function fish(commands: readonly Completed[]): string {
  const lines = commands.flatMap(({ path, words, options }) => {
    const typed = path === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${path.split(' ').at(-1)}`
    return [
      ...words.map(word => {
        const about = commands.find(command => command.path === `${path} ${word}`.trim())?.about ?? ''
        return `complete -c yilu -f -n ${quoted(typed)} -a ${quoted(word)} -d ${quoted(about)}`
      }),
      ...options.map(({ name, about, values }) => {
        const choice = values ? ` -x -a ${quoted(values.join(' '))}` : ''
        return `complete -c yilu -n ${quoted(typed)} -l ${name.replace(/^--/, '')}${choice} -d ${quoted(about)}`
      }),
    ]
  })
  return `# fish: yilu completion fish | source\n${lines.join('\n')}\n`
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
