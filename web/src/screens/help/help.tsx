import { Link, useSearchParams } from 'react-router'
import { usePlaceQuery } from '../../kit/place.ts'
import { colon, useLanguage, wordsOf } from '../../kit/words.ts'
import './help.css'
import { KEYS } from './keys.ts'
import { TOPICS, topicAt } from './topics.ts'

const useWords = wordsOf('help', {
  zh: { title: '帮助', open: '打开这一页', topics: '各页的帮助', keys: '键盘', tour: '再看一遍五步导览' },
  en: {
    title: 'Help',
    open: 'Open this screen',
    topics: 'Help by screen',
    keys: 'Keyboard',
    tour: 'Take the five-step tour again',
  },
})

/** Help on the screen one came from, and on any other. */
export function Screen() {
  const say = useWords()
  const language = useLanguage()
  const zh = language === 'zh'
  const query = usePlaceQuery()
  const [asked] = useSearchParams()
  const topic = topicAt(asked.get('of') ?? '/')
  const { title, what, how } = topic[language]
  return (
    <div className="help">
      <h1>
        {say('title')}
        {colon(language)}
        {title}
      </h1>
      <nav aria-label={say('topics')}>
        {TOPICS.map(one => (
          <Link
            key={one.id}
            to={`/help${query}&of=${encodeURIComponent(one.at[0]!)}`}
            aria-current={one === topic ? 'page' : undefined}
          >
            {one[language].title}
          </Link>
        ))}
      </nav>
      <div>
        <p>{what}</p>
        <ol>
          {how.map(line => (
            <li key={line}>{line}</li>
          ))}
        </ol>
        <p>
          <Link to={topic.to + query}>{say('open')}</Link> · <Link to={`/${query}&tour=1`}>{say('tour')}</Link>
        </p>
        <h2>{say('keys')}</h2>
        <dl className="keys">
          {KEYS.map(([keys, chinese, english]) => (
            <div key={keys.join(' ')}>
              <dt>
                {keys.map(key => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{zh ? chinese : english}</dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  )
}
