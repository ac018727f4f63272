/** What the help says of a screen: what it is for, and how its work is done there. */
export interface Topic {
  readonly id: string
  /** Where the screen is. */
  readonly to: string
  /** Addresses that this topic is about begin so; the longest wins. */
  readonly at: readonly string[]
  readonly zh: Said
  readonly en: Said
}

interface Said {
  readonly title: string
  readonly what: string
  readonly how: readonly string[]
}

/** The topic of an address within the application: `/ledger/hotline.call/new`. */
export function topicAt(path: string): Topic {
  const fits = TOPICS.flatMap(topic => topic.at.filter(at => begins(path, at)).map(at => ({ topic, at })))
  return fits.sort((a, b) => b.at.length - a.at.length)[0]?.topic ?? TOPICS[0]!
}

/** `*` stands for one part of an address. */
function begins(path: string, at: string): boolean {
  const parts = path.split('/')
  return at === '/' ? path === '/' : at.split('/').every((part, i) => part === '*' || part === parts[i])
}

export const TOPICS: readonly Topic[] = [
  {
    id: 'home',
    to: '/',
    at: ['/'],
    zh: {
      title: '首页',
      what: '一个单位在一段时间里的主要数字，和等着您办的事。',
      how: [
        '先在页面顶端选单位和期间，所有页面都跟着变。',
        '每行是一个指标：本期、上年同期、增减、目标完成、走势。',
        '点任何一个数字，看它怎么算、由哪些单位和记录组成。',
        '别人一保存，数字当场就变，变了的会标出来。',
        '右边是待办：退回的记录、要办理的事，点开就到那里。',
      ],
    },
    en: {
      title: 'Home',
      what: 'The main figures of an org unit in a period, and what waits for you.',
      how: [
        'Choose unit and period at the top; every screen follows.',
        'Each row is an indicator: this period, a year before, change, target, trend.',
        'Any number opens to how it is computed, and to the units and records beneath it.',
        'When somebody saves, figures move at once, and are marked.',
        'What waits stands at the side: records sent back, things to be done.',
      ],
    },
  },
  {
    id: 'ledger',
    to: '/ledger',
    at: ['/ledger'],
    zh: {
      title: '台账',
      what: '事情在哪里发生，就在哪里录入一次；以后所有的数字、报表、总结都从这里来。',
      how: [
        '选一种台账，看到本单位和下级的记录；可按栏目筛选、排序，筛过的行有合计。',
        '查找可以只打拼音首字母：“hmdx”找到“禾苗倒斜”。',
        '按 n 新录入；从 Excel 复制几行，直接在列表里粘贴也可以。',
        '选中多条，一次办理；要存成文件，点“导出”。',
        '“导入”先下载模板，填好再传：有错的行会逐行指出，改好再进。',
      ],
    },
    en: {
      title: 'Ledger',
      what: 'A fact is entered once, where it happens; every figure, table and report comes from here.',
      how: [
        'Choose a record type to see the records of the unit and those beneath; filter and sort, totals follow.',
        'Pinyin initials find Chinese text.',
        'n enters a new one; rows copied from Excel can be pasted into the list.',
        'Choose several to change them at once; “Export” makes a file of what is filtered.',
        '“Import” gives a template first; wrong rows are named one by one, to be mended and loaded.',
      ],
    },
  },
  {
    id: 'entry',
    to: '/ledger',
    at: ['/ledger/*/new', '/records'],
    zh: {
      title: '录入和记录',
      what: '填一条记录，或者看一条记录的全部：内容、改动经过、佐证、证明。',
      how: [
        '带 * 的必填；每栏下面有说明，写得不对会当场在栏边指出。',
        '像是已经录过的，会列在旁边，请先核对。',
        '没保存的内容留在这台设备上，关掉再来还在。',
        '佐证可以拖进来、粘贴，手机上可以直接拍照。',
        '“变更历史”写明谁在什么时候改了什么；改错了，可以撤销自己的上一次修改。',
        '别人同时改了同一条，两边的内容并排给您选，不会互相覆盖。',
      ],
    },
    en: {
      title: 'Entering, and a record',
      what: 'Fill in a record, or see all of one: its fields, history, evidence and proof.',
      how: [
        'Fields with * are required; what is wrong is told beside the field at once.',
        'Records that look the same are listed beside the form: compare first.',
        'What is not saved stays on this device until you come back.',
        'Evidence is dragged, pasted, or taken with the camera of a phone.',
        'History tells who changed what and when; you can undo your own last change.',
        'When somebody changed the same record, both are shown side by side; neither is overwritten.',
      ],
    },
  },
  {
    id: 'figures',
    to: '/figures',
    at: ['/figures'],
    zh: {
      title: '数字',
      what: '任何指标，按单位、期间、维度展开，换着样子看。',
      how: [
        '选指标，再选按什么展开：按月、按下级单位、按类别。',
        '表、折线、柱、热力、地图可以互换；图都带着数据表。',
        '可与上年同期或上一期相比。',
        '点一个数字，旁边打开它的来历：算法、单位、记录，直到在您的浏览器里核验证明。',
        '地址栏里的地址就是这个看法，可以发给别人；图和表可以下载。',
      ],
    },
    en: {
      title: 'Figures',
      what: 'Any indicator, spread by unit, period and dimension, in any shape.',
      how: [
        'Choose an indicator and what to spread it by: month, unit, category.',
        'Table, line, bars, heat map and map; every chart has its table.',
        'Compare with the year or the period before.',
        'A number opens beside the page: formula, units, records, and a proof checked in your browser.',
        'The address is the view and can be passed on; pictures and tables can be downloaded.',
      ],
    },
  },
  {
    id: 'reports',
    to: '/reports',
    at: ['/reports'],
    zh: {
      title: '总结和计划',
      what: '总结里的数字跟着台账走，不用到处要数。',
      how: [
        '选模板，点“起草”：文字和数字都带上了。',
        '文字随便改；带底色的是数字，改不走样。点它看来历，确要另写，就“改写并脱离台账”，会有醒目的标记。',
        '回车另起一段，段首退格并回上一段；Ctrl+Z 撤销一步，Ctrl+S 保存。',
        '旁边边写边核：对不上的、没填的空白，点一下就到那里。',
        '“公文样式”就是印出来的样子；印发以后数字固定，台账再变会列出差别，可以按新数另起草。',
      ],
    },
    en: {
      title: 'Reports and plans',
      what: 'The figures of a report follow the ledger; nobody has to ring round for them.',
      how: [
        'Choose a template and “Draft”: text and figures are there.',
        'Change the text as you like; shaded ones are figures and cannot drift. One opens to where it comes from; written over on purpose it is plainly marked.',
        'Enter breaks a paragraph, Backspace at its beginning joins it; Ctrl+Z undoes a step, Ctrl+S saves.',
        'It is checked as you write: what does not add up and what is blank, one click away.',
        '“Official page” is what is printed. Issued figures are frozen; what the ledger tells otherwise later is listed.',
      ],
    },
  },
  {
    id: 'audit',
    to: '/audit',
    at: ['/audit'],
    zh: {
      title: '核对',
      what: '拿来任何一份总结，看里面的数字可不可信。',
      how: [
        '粘贴全文，或把 Word、网页、文本文件拖进来。',
        '标记：✓ 与台账相符，✗ 不符，≠ 与文中别处对不上，? 台账没有记录，⚠ 没填的空白。',
        '点一个数字，看它说的是什么、台账是多少、相差多少。',
        '系统认错了意思，在旁边选对的指标，确认一次，以后都照此核对。',
        '可以取回加了批注的 Word 文档；不与台账核对时，文字不离开浏览器。',
      ],
    },
    en: {
      title: 'Audit',
      what: 'Take any report and see whether its numbers can be trusted.',
      how: [
        'Paste the text, or drop a Word, HTML or text file.',
        'Marks: ✓ agrees with the ledger, ✗ does not, ≠ contradicts the text, ? nothing on record, ⚠ left blank.',
        'A number opens to what it speaks of, what the ledger has, and the difference.',
        'Misunderstood? Choose the right indicator once; it is remembered.',
        'A Word document comes back with comments. Without the ledger the text stays in the browser.',
      ],
    },
  },
  {
    id: 'admin',
    to: '/admin',
    at: ['/admin'],
    zh: {
      title: '管理',
      what: '单位、人员、目标、流水、核验和备份；各人只看到自己能管的。',
      how: [
        '单位：拖动划转，或在旁边填写更名、并入、拆分、撤销；都从所填日期起算，以前的数字不变。',
        '人员：新建、授予和收回角色、停用、重设密码。',
        '目标：一张表填完本单位和下级的目标，可以写“27万元”；Ctrl+S 保存。',
        '流水：谁在什么时候做了什么，一条不少；每条都能在浏览器里核验。',
        '核验整个台账要算一会儿，有进度；备份请妥善保管。',
        '我的账号：改密码，给程序用的接口令牌。',
      ],
    },
    en: {
      title: 'Administration',
      what: 'Org units, people, targets, journal, verification and backup; each sees what is theirs.',
      how: [
        'Org units: drag to move, or rename, merge, split and close by form; from a day on, figures before it stay.',
        'People: create, grant and revoke roles, disable, set a password.',
        'Targets: one grid for the unit and those beneath; 27万元 will do; Ctrl+S saves.',
        'Journal: who did what and when, without a gap; each entry can be verified in the browser.',
        'Verifying all takes a while and shows how far it is; keep backups safe.',
        'My account: password, and tokens for programs.',
      ],
    },
  },
  {
    id: 'away',
    to: '/',
    at: ['/outbox'],
    zh: {
      title: '手机和没有网络的时候',
      what: '在村里也能录：没有网络照样填，有了网络自己送出。',
      how: [
        '用手机浏览器打开，选“添加到主屏幕”，以后像应用一样用。',
        '没有网络时照常录入，页面上方会说明还有几条等着送出。',
        '恢复网络后自动送出，不会重复，也不会丢。',
        '送出时发现别人也改了，会并排给您选。',
      ],
    },
    en: {
      title: 'Phone, and without a connection',
      what: 'Enter in the village: it works without a connection and sends itself when there is one.',
      how: [
        'Open it in the phone’s browser and add it to the home screen.',
        'Without a connection go on entering; the top tells how many wait.',
        'They are sent when the connection is back, never twice and none lost.',
        'When somebody changed the same thing, both are shown for you to choose.',
      ],
    },
  },
]
