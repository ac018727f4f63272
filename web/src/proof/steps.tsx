import './proof.css'
import { colon, useLanguage, wordsOf } from '../kit/words.ts'
import { type Step, verdict } from './check.ts'

const useWords = wordsOf('proof', {
  zh: {
    all: '已在您的浏览器中核验，全部相符',
    some: '已核验的各步相符；有的步骤此浏览器不能核验',
    wrong: '不相符：内容在记下之后被改动过，或证明不完整',
    unable: '此浏览器不能核验（需要 HTTPS 或本机地址）',
    canonical: '流水文本是规范格式',
    version: '流水说的正是这条记录',
    leaf: '由文本算出叶子散列',
    path: '沿路径逐级算到树根',
    checkpoint: '树根与检查点所载一致',
    signature: '检查点签名有效（Ed25519）',
    statement: '声明签名有效（Ed25519）',
    content: '由正文算出散列，与声明一致',
    bound: '声明说的正是页面所示',
    entry: '声明写明了印发它的那条流水的散列（流水原文有人名，不公开）',
    named: '声明写明的树根就是检查点的树根',
    holds: '相符',
    fails: '不符',
    cannot: '不能核验',
    key: '公钥编号 {{id}}。公钥应另从台账的单位取得。',
  },
  en: {
    all: 'Verified in your browser: everything agrees',
    some: 'What was verified agrees; some steps are beyond this browser',
    wrong: 'It does not agree: the content was altered after it was written, or the proof is incomplete',
    unable: 'This browser cannot verify (it takes HTTPS or an address on this machine)',
    canonical: 'The entry is canonical JSON',
    version: 'The entry speaks of just this record',
    leaf: 'Leaf hash computed from the text',
    path: 'Path computed up to the root',
    checkpoint: 'The root is the one in the checkpoint',
    signature: 'The checkpoint’s signature is good (Ed25519)',
    statement: 'The statement’s signature is good (Ed25519)',
    content: 'Hash computed from the text; the statement says the same',
    bound: 'The statement is about what the page shows',
    entry: 'The statement names the hash of the entry that issued it (the entry itself names people and is not public)',
    named: 'The root that the statement names is that of the checkpoint',
    holds: 'agrees',
    fails: 'differs',
    cannot: 'not verifiable here',
    key: 'Key {{id}}. Have the public key from the ledger’s owner by another way.',
  },
})

const MARKS = { holds: '✓', fails: '✗', unable: '?' } as const

/** What was checked, step by step, and what came of it. */
export function ProofSteps({ steps }: { steps: readonly Step[] }) {
  const say = useWords()
  const language = useLanguage()
  const good = verdict(steps)
  const complete = steps.every(({ outcome }) => outcome === 'holds')
  const key = steps.find(({ name }) => name === 'signature' || name === 'statement')?.detail
  return (
    <div className="proof" data-verdict={good === undefined ? 'unable' : good ? 'holds' : 'fails'}>
      <p role="status" className={good === false ? 'wrong' : ''}>
        <strong>{say(good === undefined ? 'unable' : good ? (complete ? 'all' : 'some') : 'wrong')}</strong>
      </p>
      {good !== undefined && (
        <ol>
          {steps.map(({ name, outcome, detail }) => (
            <li key={name} className={outcome === 'fails' ? 'wrong' : ''}>
              <span aria-hidden="true">{MARKS[outcome]}</span> {say(name)}
              <span className="visually-hidden">
                {colon(language)}
                {say(outcome === 'unable' ? 'cannot' : outcome)}
              </span>
              {detail && <code>{detail}</code>}
            </li>
          ))}
        </ol>
      )}
      {key && <p className="quiet">{say('key', { id: key })}</p>}
    </div>
  )
}
