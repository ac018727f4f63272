import { crops } from '../../src/domains/hotline/topics.ts'
import type { Random } from './random.ts'

/** What is asked and answered, by topic; 「作物」 stands for the crop or animal. */
const ASKED: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  disease: [
    ['作物叶片出现黄斑，背面有灰色霉层，怎么治？', '疑为霜霉病，摘除病叶，选对路药剂喷叶背，隔七天一次'],
    ['作物茎基部发黑，成片萎蔫，是什么病？', '疑为疫病，停水排湿，病穴撒石灰，灌根保护健株'],
    ['作物叶子卷缩发脆，长不大，能不能救？', '疑为病毒病，先防蚜虫和粉虱，补微肥，重病株拔除'],
  ],
  pest: [
    ['作物嫩梢被虫咬，打药三次不见效，怎么办？', '可能有抗药性，换一类药，傍晚喷施，注意交替'],
    ['作物叶面有许多弯弯曲曲的白线，是什么虫？', '潜叶蝇，摘除虫叶，用黄板诱杀，低龄期用药'],
    ['作物结果期果内有小虫，还能打药吗？', '先看安全间隔期，诱杀成虫，落果集中处理'],
  ],
  cultivation: [
    ['作物现在可以移栽吗？株行距多少合适？', '气温稳定后移栽，株行距按地力调整，先做样板'],
    ['作物只长叶不结果，怎么管？', '控氮增磷钾，适当整枝，花期少浇水'],
    ['连作多年的地种作物，要怎样处理土壤？', '轮作或翻晒，施石灰和有机肥，选抗病品种'],
  ],
  variety: [
    ['想换一个抗病的作物品种，本地哪里有种子？', '可到乡镇农技站登记，看示范田后再定'],
    ['新引进的作物品种要注意什么？', '先小面积试种，留对照，记下产量和发病情况'],
  ],
  fertiliser: [
    ['作物追肥用尿素还是复合肥，一亩多少？', '看苗情，先取土化验，按配方少量多次'],
    ['作物打了药叶子有灼伤，怎样补救？', '立即喷清水，补叶面肥，按说明减量'],
  ],
  weather: [
    ['大雨过后作物地积水，排完水还要做什么？', '清沟培土，喷保护性药剂，补施速效肥'],
    ['寒潮要来，作物怎样防冻？', '提前灌水覆盖，傍晚熏烟，灾后剪除冻枝'],
  ],
  livestock: [
    ['作物不吃食、发烧、拉稀，怎么办？', '先隔离，测体温，由兽医上门诊断后用药'],
    ['新买的作物要打哪些疫苗？', '按本地免疫程序，隔离观察两周再混群'],
  ],
  feeding: [
    ['作物饲料里玉米涨价，可以用什么代替？', '可用木薯、米糠部分替代，注意补蛋白和盐'],
    ['作物长得慢，饲料怎样配？', '按体重分段配料，先驱虫，保证饮水'],
  ],
  water: [
    ['塘里鱼虾早上浮头，怎么处理？', '马上开增氧机，减料，换三分之一水'],
    ['虾壳发软，吃料少，是什么原因？', '查水质和钙镁，补矿物质，减少投喂'],
  ],
  machinery: [['小型耕整机打不着火，到哪里修？', '查火花塞和油路，可联系乡镇农机站上门']],
  market: [
    ['作物快收了，哪里收购，价格多少？', '已登记供应信息，请留意公示的收购点和价格'],
    ['想订单种植，有没有公司收？', '先核实公司资质，合同写明品种、价格和期限'],
  ],
  policy: [
    ['良种补贴怎样申请？', '到村委会登记面积，公示后由乡镇上报'],
    ['参加培训能不能发证书？', '考核合格发绿色证书，到县中心办理'],
  ],
}

export function questionOn(random: Random, topic: string, crop: string): { question: string; answer: string } {
  const name = crop === 'none' ? '' : crops[crop as keyof typeof crops].zh
  const [question, answer] = random.pick(ASKED[topic]!)
  return { question: question.replace('作物', name), answer }
}

/** Crops of the knowledge base, by what calls call them. */
const KNOWN: Readonly<Record<string, string>> = {
  rice: 'rice',
  chilli: 'chilli',
  'bitter-gourd': 'melons',
  'cherry-tomato': 'tomato',
  banana: 'fruit',
  litchi: 'fruit',
  pig: 'pigs',
  chicken: 'poultry',
  fish: 'fish',
}
const ANIMALS: ReadonlySet<string> = new Set(['pig', 'chicken'])
const OF_ANIMALS: ReadonlySet<string> = new Set(['livestock', 'feeding'])
const SUBJECTS: Readonly<Record<string, string>> = {
  disease: 'disease',
  pest: 'pest',
  cultivation: 'cultivation',
  variety: 'variety',
  fertiliser: 'input',
  weather: 'weather',
  livestock: 'disease',
  feeding: 'cultivation',
  water: 'cultivation',
  machinery: 'machinery',
  market: 'market',
  policy: 'policy',
}

/** Every question once for each crop it is asked of, with its answer: what a knowledge base begins with. */
export function allAsked() {
  const found = new Map<string, { question: string; answer: string; crop: string; subject: string }>()
  for (const [topic, pairs] of Object.entries(ASKED))
    for (const [question, answer] of pairs)
      for (const [crop, known] of Object.entries(KNOWN)) {
        const general = !question.includes('作物')
        if (!general && (ANIMALS.has(crop) !== OF_ANIMALS.has(topic) || (crop === 'fish') !== (topic === 'water')))
          continue
        const asked = question.replace('作物', crops[crop as keyof typeof crops].zh)
        const of = general ? (topic === 'water' ? 'fish' : 'general') : known
        if (!found.has(asked)) found.set(asked, { question: asked, answer, crop: of, subject: SUBJECTS[topic]! })
      }
  return [...found.values()]
}
