/** Patterns of Chinese text by which the rules know a situation. They are judgement; each states what it is for. */

/** A decision of an authority (A1): plans, notices, hearings, document numbers. */
export const DECISION =
  /方案|办法|规定|通知|通告|细则|意见稿|征求意见|规划|政策|新规|文件|听证|公示|出台|印发|条例|标准调整|调整(?:标准|方案|线路)|〔20\d\d〕\s*\d+\s*号|号文|常务会议|实施意见|决定|改革/u;

/** The city itself speaks: its government, or a number of its documents. */
export const CITY_SPEAKS = /全市|市里|市政府|市级|市人民政府|[\u4e00-\u9fff]政(?:办)?(?:发|规|函)〔20\d\d〕/u;

/** A situation is told in the first characters of a text; what stands far behind is background (judgement). */
export const HEAD = 120;

/** Strong signs of false information (A9), and weak ones that need a denial beside them. */
export const RUMOUR_STRONG =
  /网传|谣传|谣言|造谣|传谣|辟谣|疯传|讹传|假消息|不实(?:信息|消息|传言)|传言|据传|传闻|盛传|流传/u;
export const RUMOUR_WEAK =
  /群里|听说|有人说|有人发|朋友圈|抖音|短视频|视频称|截图|微信群|业主群|都在传|都说|爆料|发帖称|说是/u;
export const DENIAL =
  /没有此事|没有这回事|否认|不属实|不实|纯属(?:虚构|捏造)|子虚乌有|并无此事|未发生|不存在|是真的吗|真的假的|是不是真的|是真是假|真假|尚未证实|未经证实|澄清/u;

/** Conduct of an official (A8). */
export const OFFICIAL =
  /(?:副?(?:市长|县长|区长|镇长|乡长|局长|科长|处长|厅长|股长|所长|队长|站长|书记|秘书长|支书|村长)|(?:街道|村|居委会|村委会|办公室|管委会)主任|村主任|村干部|干部|公务员|副?主任科员|领导的?(?:司机|秘书|亲戚)|(?:政府|机关|街道|局里|镇里|窗口)工作人员|城管(?:队员|人员)|执法(?:人员|队员)|民警|辅警|协管员|交警)/gu;
export const OFFICIAL_NOT =
  /(?:书记|[市县区镇乡局厅处]长|主任|领导)(?:您好|你好|大人|[：:]|[，,](?:您|你))|(?:局长|市长|县长|区长|镇长|书记|处长)(?:信箱|热线|接待日|办公会|留言)|干部(?:家属院|培训)|领导干部经济责任|离休干部|退休干部/gu;
export const CORRUPT =
  /红包|受贿|索贿|行贿|贪污|公款|公车私用|收钱|索要|吃拿卡要|吃喝|以权谋私|优亲厚友|挪用|私吞|侵吞|侵占|截留|套取|虚报|冒领|吃空饷|买官|权钱|亲戚|亲属|亲友|好处费|烟酒|礼金|礼品|大操大办|回扣|包庇|保护伞|入股|经商/u;
export const MISCONDUCT =
  /打人|打了|殴打|动手|骂人|辱骂|大骂|谩骂|推搡|掀翻|掀了|掀摊|摔了|砸了|摔秤|踢翻|耍官威|官威|威胁|恐吓|酒驾|醉驾|醉酒|喝酒上班|嫖娼|赌博|打牌|打麻将|婚外情|出轨|包养|作风|雷人|脏话|态度恶劣|滥用职权|猥亵|性骚扰|上班.{0,4}(?:睡觉|玩|炒股|打游戏)/u;
export const VIOLENCE = /打人|打了|殴打|打伤|动手|推搡|掀|摔|砸|踢|威胁|恐吓|猥亵|性骚扰|酒驾|醉驾/u;

/** Emergencies (A10). `SUDDEN` is enough alone; `HAZARD` needs victims beside it. */
export const SUDDEN =
  /爆炸|爆燃|透水|瓦斯(?:突出|爆炸)|坍塌|垮塌|塌方|倒塌|沉船|翻船|溃坝|决堤|决口|踩踏|山体滑坡|泥石流|脱轨|坠机|起火|着火|失火|大火|持刀(?:砍|伤|行凶)|砍(?:人|伤|死)|捅(?:人|伤|死)|集体中毒|食物中毒|(?:液氨|氯气|氨气|毒气|苯|酸).{0,4}泄漏|翻覆|发生地震|冲卡|恐怖/u;
export const HAZARD =
  /泄漏|中毒|事故|相撞|追尾|车祸|坠落|滑坡|塌陷|触电|溺水|落水|井下|被埋|火灾|掉进|掉下|侧翻|撞|砸|倒塔|电击|喷出|霍乱|呕吐|腹泻|发烧|聚集|围堵/u;
export const VICTIMS =
  /砸[伤死]|被困|困在|受伤|伤亡|死亡|遇难|失联|失踪|抬出|抬走|送医|送(?:往)?医院|身亡|昏迷|抢救|救出|疏散|人死|多人|死了|致死|致伤|被压|被埋|[一二三四五六七八九十两几\d]+(?:多|余)?(?:人|名|个)(?:.{0,6})(?:死|伤|困|送|呕吐|中毒|住院|失联|失踪|腹泻|不适)/u;
export const NO_EMERGENCY =
  /演练|演习|隐患|怕|担心|会不会|万一|容易|周年|当年|去年|前年|曾经|回顾|科普|电视剧|电影里|游戏|爆炸(?:式|性|增长)|销量|人气|谣|危险(?:太|很)大|迟早|早晚|预案|防范|防止|注意|消防通道|赔偿款|赔偿没|认定|工伤|理赔|后续|复工|索赔|烧秸秆|秸秆/u;

/** The caller means to make it public or to gather (domain 6.3 c). */
export const WILL_PUBLISH =
  /曝光|找(?:媒体|记者|电视台)|发(?:到)?(?:网上|抖音|微博|朋友圈)|上访|集体(?:去|到)|拉横幅|堵(?:路|门)/u;
