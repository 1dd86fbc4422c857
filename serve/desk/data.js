// What the desk asks about a draft beside its text: the paths of a Document,
// what editors call them, and how they are filled in. An empty field is
// unknown, and stays out of the document.
"use strict";
const FORMS = [
  { title: "稿件信息", fields: [
    ["publish_at", "计划发布时间", "time"],
    ["message_type", "群发类型", { text: "文字", voice: "语音", image: "图片", video: "视频", news: "图文", newspic: "图片消息", file: "文件" }],
    ["meta.content_type", "内容类型", { government_service: "政务服务信息", image_public_good: "形象宣传与公益", online_activity: "网上活动", guide_qa: "办事指南与政策解答", notice_typical: "动态公告公示与典型", service_notice: "服务提示", commercial_ad: "商业广告", other: "其他" }],
    ["meta.content_type_reason", "选“其他”的理由", "text"],
    ["meta.news_class", "新闻类别", { current_affairs: "时政", business: "业务", service: "服务", other: "其他" }],
    ["meta.genre", "体裁", { news_brief: "消息", feature: "通讯", close_up: "特写" }],
    ["meta.topic", "专题", { secrecy_education: "保密宣传", pinyin_teaching: "拼音教学", retrospective: "回顾报道" }],
    ["meta.issued_on", "成文日期", "date"],
    ["meta.is_major_policy", "是重大政策", "bool"],
    ["meta.is_major_decision", "涉及群众切身利益的重要决策", "bool"],
    ["meta.own_affairs", "本单位公务活动信息", "bool"],
  ] },
  { title: "转载", fields: [
    ["repost.is_repost", "是转载稿", "bool"],
    ["repost.source", "来源", "text"],
    ["repost.source_url", "来源网址", "text"],
    ["repost.original_title", "原标题", "text"],
    ["repost.title_verified", "标题已与来源页核对", "bool"],
    ["repost.form", "转载方式", { full: "全文转载", compilation: "综合摘编" }],
    ["repost.same_owner", "来源账号属于本单位", "bool"],
  ] },
  { title: "流程", fields: [
    ["workflow.action", "正在办理", { save: "保存", submit: "送审", publish: "发布", broadcast: "群发" }],
    ["workflow.editor", "编辑", "text"],
    ["workflow.application.department", "来稿部（室）", "text"],
    ["workflow.application.applied_at", "申请时间", "time"],
    ["workflow.secrecy_review.initial.reviewer", "保密初审人", "text"],
    ["workflow.secrecy_review.initial.is_secret", "初审：是否涉密", "answer"],
    ["workflow.secrecy_review.initial.may_publish", "初审：能否公开", "answer"],
    ["workflow.secrecy_review.final.reviewer", "保密复审人", "text"],
    ["workflow.secrecy_review.final.is_secret", "复审：是否涉密", "answer"],
    ["workflow.secrecy_review.final.may_publish", "复审：能否公开", "answer"],
    ["workflow.legal_review.reviewer", "合法性审查人", "text"],
    ["workflow.legal_review.result", "合法性审查结论", "result"],
  ], reviews: true },
  { title: "账号", fields: [
    ["account.name", "账号名称", "text"],
    ["account.type", "账号类型", { subscription: "订阅号", service: "服务号" }],
    ["account.level", "单位级别", { central: "中央", province: "省级", city: "市级", county: "县级", township: "乡镇", vertical: "垂直管理" }],
    ["account.org_name", "单位全称", "text"],
    ["account.intro", "账号简介", "text"],
    ["account.certified", "已认证", "bool"],
    ["account.claims_gov", "以政务身份运营", "bool"],
  ] },
];
const KINDS = {
  bool: { true: "是", false: "否" },
  answer: { yes: "是", no: "否", undetermined: "不能确定" },
  result: { approved: "通过", rejected: "不通过", pending: "待审" },
};
// Of a record of review.
const REVIEW = [
  ["level", "级别", { 1: "初审", 2: "复审", 3: "终审" }],
  ["reviewer", "审核人", "text"],
  ["role", "职务", "text"],
  ["result", "结论", "result"],
  ["at", "时间", "time"],
];
const LABELS = {
  title: "标题", body: "正文", author: "署名", digest: "摘要", body_format: "格式", images: "图片", audio: "音频", video: "视频",
  attachments: "附件", lexicon: "词库", links: "链接", "workflow.reviews": "审核记录", "workflow.auto_findings": "自动检查的发现", "workflow.check_runs": "自动检查记录",
  "workflow.approved_digest": "终审时的文本摘要", "workflow.secrecy_review": "保密审查", "workflow.legal_review": "合法性审查", "account.license": "新闻信息服务许可",
  "account.admins": "管理员", "operations.published": "已发布文章", "operations.last_login_at": "上次登录时间",
  "operations.last_published_at": "上次发布时间", "meta.components": "互动组件",
};
for (const form of FORMS) for (const [path, label] of form.fields) LABELS[path] = label;
const EXAMPLE = {
  title: "中秋国庆假期职工服务指南",
  body: "云州市总工会提醒广大职工，假期出行请合理安排时间。本次活动由云州市总工会主办，咨询电话：138 1234 5678（王老师）。\n\n" +
    "近期有人在群里转发“兼职刷*單，日结300，+薇❤咨询”，请职工提高警惕，不要轻信。\n\n" +
    "健康讲座的折页参考了国家卫生计生委发布的知识要点。有职工推荐一款膏贴，包治百病，无效退款。\n\n据统计，今年服务职工人数增长百分之三十。",
};
