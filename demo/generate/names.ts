import type { Random } from './random.ts'

const SURNAMES = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤',
]
const GIVEN = [
  ...'禾苗田穗谷麦稻秋春晴岚川泉石松柏竹梅兰菊桐枫溪岭雨雪霜云星月辰阳光明亮平安宁康健乐欣悦诚实勤俭朴耕耘播种收丰裕和顺达远志新立成建国家民生',
]

/** A person nobody is: two or three characters put together at random. */
export const personName = (random: Random) =>
  random.pick(SURNAMES) + random.pick(GIVEN) + (random.chance(0.7) ? random.pick(GIVEN) : '')

/** Numbers that no network assigns. */
export const phoneNumber = (random: Random) => `199-0000-${String(random.int(0, 9999)).padStart(4, '0')}`

/** Places nobody has been to. */
export const PLACES = [
  '望星',
  '听泉',
  '拾穗',
  '鹿鸣',
  '云栖',
  '枕石',
  '晴川',
  '禾香',
  '归燕',
  '半岭',
  '青禾',
  '雨前',
  '霜叶',
  '石榴湾',
  '双桥',
  '柳浪',
  '芦花',
  '竹影',
  '松涛',
  '橘井',
  '桂枝',
  '梧桐',
  '杏坛',
  '梨园',
  '枣林',
  '茶马',
  '麦浪',
  '稻花',
  '渔歌',
  '樵声',
  '月牙',
  '朝霞',
  '暮云',
  '春晓',
  '夏至',
  '秋分',
  '冬晴',
  '寒露',
  '谷雨',
  '芒种',
  '白鹭',
  '黄鹂',
  '蓝溪',
  '紫藤',
  '红枫',
  '银杏',
  '金沙',
  '玉泉',
  '珠帘',
  '翠屏',
  '长亭',
  '短桥',
  '远山',
  '近水',
  '高台',
  '平湖',
  '深谷',
  '浅滩',
  '新塘',
  '老井',
] as const
