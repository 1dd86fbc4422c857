package recognize_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/recognize"
)

// statements are texts and the one span of a kind that stands in each; an
// empty span says that none does.
var statements = []struct {
	kind              recognize.Kind
	text, span, value string
	notes             recognize.Notes
}{
	{recognize.SecretMark, "机密★10年\n关于专项调研的报告", "机密★10年", "机密★10年", 0},
	{recognize.SecretMark, "秘密 ☆ 6个月\n安排", "秘密 ☆ 6个月", "秘密 ☆ 6个月", 0},
	{recognize.SecretMark, "機密★長期", "機密★長期", "機密★長期", 0},
	{recognize.SecretMark, "绝　密★启封前", "绝　密★启封前", "绝　密★启封前", 0},
	{recognize.SecretMark, "秘密＊三年", "秘密＊三年", "秘密＊三年", 0},
	{recognize.SecretMark, "机密★2027年3月1日前", "机密★2027年3月1日前", "机密★2027年3月1日前", 0},
	{recognize.SecretMark, "（秘密★）", "秘密★", "秘密★", 0},
	{recognize.SecretMark, "绝密★50年", "绝密★50年", "绝密★50年", recognize.ImplausibleTerm},
	{recognize.SecretMark, "秘密★二十年", "秘密★二十年", "秘密★二十年", recognize.ImplausibleTerm},
	{recognize.SecretMark, "讲解“机密★20年”的标注方法", "机密★20年", "机密★20年", recognize.Quoted},
	{recognize.SecretMark, "机密★10年（已解密）", "机密★10年", "机密★10年", recognize.Declassified},
	{recognize.SecretMark, "秘\u200b密★1年-报告.docx", "秘\u200b密★1年", "秘密★1年", 0},
	{recognize.SecretMark, "**秘密**是什么，秘密*花园", "", "", 0},
	{recognize.SecretMark, "揭开深海的秘密。信息安全三要素是机密性", "", "", 0},
	{recognize.SecretField, "密级：秘密", "密级：秘密", "秘密", 0},
	{recognize.SecretField, "　密　级: 机密", "密　级: 机密", "机密", 0},
	{recognize.SecretField, "这是涉密级别：秘密还是机密", "", "", 0},
	{recognize.InternalMark, "内部资料　注意保存\n讲义", "内部资料　注意保存", "内部资料　注意保存", 0},
	{recognize.InternalMark, "內部文件，嚴禁外傳", "內部文件，嚴禁外傳", "內部文件，嚴禁外傳", 0},
	{recognize.InternalMark, "内部参考（不得外传）", "内部参考（不得外传", "内部参考（不得外传", 0},
	{recognize.InternalMark, "内部资料，仅供领导参考", "内部资料，仅供领导参考", "内部资料，仅供领导参考", 0},
	{recognize.InternalMark, "内部资料 免费交流\n准印证号", "内部资料 免费交流", "内部资料 免费交流", recognize.Imprint},
	{recognize.InternalMark, "讨论稿会后收回", "会后收回", "会后收回", 0},
	{recognize.InternalMark, "阅后请退回", "阅后请退回", "阅后请退回", 0},
	{recognize.InternalMark, "本资料未经批准，不得擅自外传", "不得擅自外传", "不得擅自外传", 0},
	{recognize.InternalMark, "公司内部资料室周末开放。请大家注意保存好报销票据。", "", "", 0},
	{recognize.InternalMark, "祖传秘方不得外传", "", "", 0},
	{recognize.WorkSecret, "工作秘密 不得外传", "工作秘密 不得外传", "工作秘密 不得外传", 0},
	{recognize.WorkSecret, "加强工作秘密管理", "", "", 0},
	{recognize.NotPublic, "公开属性：不予公开", "公开属性：不予公开", "不予公开", 0},
	{recognize.NotPublic, "信息公开属性: 依申请公开", "信息公开属性: 依申请公开", "依申请公开", 0},
	{recognize.NotPublic, "（此件不公开）", "（此件不公开）", "（此件不公开）", 0},
	{recognize.NotPublic, "（此件公开发布）公开属性：主动公开", "", "", 0},
	{recognize.Distribution, "（此件发至县团级）", "（此件发至县团级）", "（此件发至县团级）", 0},
	{recognize.CopyNumber, "份号：000012", "份号：000012", "000012", 0},
	{recognize.CopyNumber, "份号填写在左上角", "", "", 0},
	{recognize.Urgency, "特急\n关于", "特急", "特急", 0},
	{recognize.Urgency, "特急任务", "", "", 0},

	{recognize.DocumentNumber, "按照国办发〔2013〕100号文件", "国办发〔2013〕100号", "国办发〔2013〕100号", 0},
	{recognize.DocumentNumber, "见冀工办发﹝2017﹞23号。", "冀工办发﹝2017﹞23号", "冀工办发〔2017〕23号", recognize.BracketFault | recognize.SmallBracketFault},
	{recognize.DocumentNumber, "根据国办发[2013]100号精神", "国办发[2013]100号", "国办发〔2013〕100号", recognize.BracketFault},
	{recognize.DocumentNumber, "国办发（2013）第100号", "国办发（2013）第100号", "国办发〔2013〕100号", recognize.BracketFault | recognize.OrdinalFault},
	{recognize.DocumentNumber, "某工发〔17〕3号", "某工发〔17〕3号", "某工发〔2017〕3号", recognize.YearFault},
	{recognize.DocumentNumber, "某工发〔98〕3号", "某工发〔98〕3号", "某工发〔1998〕3号", recognize.YearFault},
	{recognize.DocumentNumber, "依据某教发〔2025〕08号执行", "某教发〔2025〕08号", "某教发〔2025〕8号", recognize.ZeroFault},
	{recognize.DocumentNumber, "某政办发〔2025〕18 执行", "某政办发〔2025〕18", "某政办发〔2025〕18号", recognize.NumberFault},
	{recognize.DocumentNumber, "国办发（明电）〔2020〕1号", "国办发（明电）〔2020〕1号", "国办发（明电）〔2020〕1号", 0},
	{recognize.DocumentNumber, "《通知》（国办發〔２０１３〕１００號）", "国办發〔２０１３〕１００號", "国办發〔2013〕100号", 0},
	{recognize.DocumentNumber, "统计年度（2025）共办理18号至25号窗口业务，教育部令第40号", "", "", 0},
	{recognize.DocumentNumber, "研究指出[2013]100人，2013年第100号", "", "", 0},

	{recognize.SourceLine, "来源：工人日报\n近日", "来源：工人日报", "工人日报", 0},
	{recognize.SourceLine, "完。\n来源丨某某日报\n编辑", "来源丨某某日报", "某某日报", 0},
	{recognize.SourceLine, "來源：工人日報", "來源：工人日報", "工人日報", 0},
	{recognize.SourceLine, "（来源：央视新闻客户端）", "来源：央视新闻客户端", "央视新闻客户端", 0},
	{recognize.SourceLine, "信息来源｜中国新闻网（记者 王某）", "信息来源｜中国新闻网", "中国新闻网", 0},
	{recognize.SourceLine, "来　源：“某某发布”", "来　源：“某某发布”", "某某发布", 0},
	{recognize.SourceLine, "图片来源：网络", "图片来源：网络", "网络", recognize.Picture},
	{recognize.SourceLine, "收入来源：工资，电力来源：风能", "", "", 0},
	{recognize.RepostLine, "本文转载自“某某省总工会”微信公众号", "本文转载自“某某省总工会”", "某某省总工会", 0},
	{recognize.RepostLine, "转自：抖音\n", "转自：抖音", "抖音", 0},
	{recognize.RepostLine, "选自《求是》杂志", "选自《求是》", "求是", 0},
	{recognize.RepostLine, "企业经营好转自信心来，转载请注明出处", "", "", 0},
	{recognize.Accord, "据新华社客户端消息，今天", "据新华社客户端消息", "新华社", 0},
	{recognize.Accord, "据《人民日报》报道", "据《人民日报》报道", "人民日报", 0},
	{recognize.Accord, "据新华社北京3月1日电", "据新华社北京3月1日电", "新华社", 0},
	{recognize.Accord, "民生数据报道，根据规定发布，据国家电网，据了解并报道", "", "", 0},
	{recognize.Dateline, "新华社北京3月1日电（记者 王某）今天", "新华社北京3月1日电", "新华社", 0},
	{recognize.Dateline, "本报讯 今天", "本报讯", "本报", 0},
	{recognize.Dateline, "　　中新网上海３月１日電 今天", "中新网上海３月１日電", "中新网", 0},
	{recognize.Dateline, "新华社发电影票。报社用电", "", "", 0},
	{recognize.OriginalTitle, "原标题：各地“小切口”解难题\n来源", "原标题：各地“小切口”解难题", "各地“小切口”解难题", 0},
	{recognize.OriginalTitle, "（原标题：某某（上）出台）", "原标题：某某（上）出台", "某某（上）出台", 0},
	{recognize.OriginalTitle, "原題：「我們的節日」", "原題：「我們的節日」", "我們的節日", 0},
	{recognize.OriginalTitle, "来源：新华社｜原标题：部署工作｜作者：王某", "原标题：部署工作", "部署工作", 0},
	{recognize.OriginalTitle, "原标题党：不可取", "", "", 0},
	{recognize.Author, "文/图 略\n作者：王某某、李某", "作者：王某某、李某", "王某某、李某", 0},
	{recognize.Author, "记者了解到，作者表示", "", "", 0},
	{recognize.Editor, "责编：王某 来源：新华社", "责编：王某", "王某", 0},
	{recognize.Reviewer, "编辑：赵某 三审：刘某", "三审：刘某", "刘某", 0},
}

func TestStatements(t *testing.T) {
	r := recognizer(t, recognize.Options{})
	for _, c := range statements {
		t.Run(c.kind.String()+" "+c.text, func(t *testing.T) {
			spans := only(r.FindAll(c.text), c.kind)
			if c.span == "" {
				require.Empty(t, spans)
				return
			}
			require.Len(t, spans, 1)
			s := spans[0]
			require.Equal(t, c.span, s.Text)
			require.Equal(t, c.span, c.text[s.Start:s.End])
			require.Equal(t, c.value, s.Value)
			require.Equal(t, c.notes, s.Notes)
			require.LessOrEqual(t, s.Start, s.ValueStart)
			require.LessOrEqual(t, s.ValueEnd, s.End)
		})
	}
}
