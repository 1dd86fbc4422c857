package review

// Account is the account that publishes.
type Account struct {
	// Name is the name of the account (账号名称).
	Name *string `json:"name,omitzero" review:"text"`
	// WechatID is the id on the platform (微信号).
	WechatID *string `json:"wechat_id,omitzero"`
	// OrgName is the full name of the organisation (主体全称).
	OrgName *string `json:"org_name,omitzero"`
	// OrgShort are its short names (单位简称).
	OrgShort []string `json:"org_short,omitzero"`
	// Type is the type of the account.
	Type *AccountType `json:"type,omitzero"`
	// Level is the administrative level of the organisation.
	Level *AccountLevel `json:"level,omitzero"`
	// Region is the administrative division (行政区划): the full name of the own level, such as 扬州市.
	Region *string `json:"region,omitzero"`
	// EntityType is the kind of organisation.
	EntityType *EntityType `json:"entity_type,omitzero"`
	// ClaimsGov says that the account calls itself governmental (政务).
	ClaimsGov *bool `json:"claims_gov,omitzero"`
	// State is where the account stands in its life.
	State *AccountState `json:"state,omitzero"`
	// Certified says that the platform certified it (已认证).
	Certified *bool `json:"certified,omitzero"`
	// Intro is its introduction (功能介绍).
	Intro *string `json:"intro,omitzero" review:"text"`
	// Autoreply is its automatic reply (自动回复).
	Autoreply *string `json:"autoreply,omitzero" review:"text"`
	// AppliedAt is when registration was applied for.
	AppliedAt *Time `json:"applied_at,omitzero"`
	// RegisteredAt is when registration was completed.
	RegisteredAt *Time `json:"registered_at,omitzero"`
	// License is the licence to report news.
	License *License `json:"license,omitzero"`
	// BadgeShown says that the platform shows the mark of the licence (平台加注标识).
	BadgeShown *bool `json:"badge_shown,omitzero"`
	// NameAuthorised says that a special name was approved (昵称, 中国…).
	NameAuthorised *bool `json:"name_authorised,omitzero"`
	// NameChanges are the changes of name.
	NameChanges []NameChange `json:"name_changes,omitzero"`
	// AuthorisationLetter is the letter of the organisation above; a pointer to an empty one says that there is none.
	AuthorisationLetter *AuthorisationLetter `json:"authorisation_letter,omitzero"`
	// Admins are the administrators.
	Admins []Admin `json:"admins,omitzero"`
	// ContactPhone is the telephone number for contact (联系电话).
	ContactPhone *string `json:"contact_phone,omitzero"`
	// PushesMessages says that the account pushes messages (是否推送消息).
	PushesMessages *bool `json:"pushes_messages,omitzero"`
	// Roles are the roles and what each may do.
	Roles []AccountRole `json:"roles,omitzero"`
	// RemoteLoginAlert says that a login from elsewhere raises an alert (异地登录提醒).
	RemoteLoginAlert *bool `json:"remote_login_alert,omitzero"`
	// Operator is the person who registered the account.
	Operator *Operator `json:"operator,omitzero"`
	// SiblingAccounts are the other accounts of the organisation.
	SiblingAccounts []SiblingAccount `json:"sibling_accounts,omitzero"`
	// Features are the functions in use.
	Features []Feature `json:"features,omitzero"`
	// FilingNo is the filing number of the account (备案).
	FilingNo *string `json:"filing_no,omitzero"`
}

// AccountType is the type of an account.
type AccountType string

// The types of accounts.
const (
	AccountSubscription AccountType = "subscription" // 订阅号
	AccountService      AccountType = "service"      // 服务号
)

func (AccountType) values() []string { return names(AccountSubscription, AccountService) }

// AccountLevel is the administrative level of an organisation.
type AccountLevel string

// The administrative levels.
const (
	LevelCentral  AccountLevel = "central"  // 中央
	LevelProvince AccountLevel = "province" // 省级
	LevelCity     AccountLevel = "city"     // 市级
	LevelCounty   AccountLevel = "county"   // 县级
	LevelTownship AccountLevel = "township" // 乡镇
	LevelVertical AccountLevel = "vertical" // 垂直管理
)

func (AccountLevel) values() []string {
	return names(LevelCentral, LevelProvince, LevelCity, LevelCounty, LevelTownship, LevelVertical)
}

// EntityType is the kind of an organisation.
type EntityType string

// The kinds of organisations.
const (
	EntityGovernment  EntityType = "government"  // 机关
	EntityInstitution EntityType = "institution" // 事业单位
	EntityMassOrg     EntityType = "mass_org"    // 群团
	EntitySocialOrg   EntityType = "social_org"  // 社会组织
	EntityEnterprise  EntityType = "enterprise"  // 企业
	EntityIndividual  EntityType = "individual"  // 个人
)

func (EntityType) values() []string {
	return names(EntityGovernment, EntityInstitution, EntityMassOrg, EntitySocialOrg, EntityEnterprise, EntityIndividual)
}

// AccountState is where an account stands in its life.
type AccountState string

// The states of an account.
const (
	StateApplying   AccountState = "applying"   // 注册中
	StatePending    AccountState = "pending"    // 审核中
	StateDeveloping AccountState = "developing" // 开发中
	StateActive     AccountState = "active"     // 正常
	StateClosed     AccountState = "closed"     // 关停或合并
)

func (AccountState) values() []string {
	return names(StateApplying, StatePending, StateDeveloping, StateActive, StateClosed)
}

// License is the licence of an organisation to report news.
type License string

// The licences.
const (
	LicenseNewsOrg         License = "news_org"          // 新闻单位
	LicenseLicensedNonNews License = "licensed_non_news" // 取得资质的非新闻单位
	LicenseApproved        License = "approved"          // 经批准
	LicenseNone            License = "none"              // 无
)

func (License) values() []string {
	return names(LicenseNewsOrg, LicenseLicensedNonNews, LicenseApproved, LicenseNone)
}

// NameChange is one change of the name of an account.
type NameChange struct {
	// At is when the name was, or will be, changed.
	At *Time `json:"at,omitzero"`
	// Status says whether it has happened; absent means NameChangeDone.
	Status *NameChangeStatus `json:"status,omitzero"`
	// Recertified says that the account was certified again (重新认证).
	Recertified *bool `json:"recertified,omitzero"`
}

// NameChangeStatus says whether a change of name has happened.
type NameChangeStatus string

// The states of a change of name.
const (
	NameChangeDone    NameChangeStatus = "done"    // 已改
	NameChangePlanned NameChangeStatus = "planned" // 拟改
)

func (NameChangeStatus) values() []string { return names(NameChangeDone, NameChangePlanned) }

// AuthorisationLetter is the letter by which the organisation above agrees to an account (授权书).
type AuthorisationLetter struct {
	// Issuer is the organisation that issued it (出函单位).
	Issuer *string `json:"issuer,omitzero"`
	// IssuedOn is its date.
	IssuedOn *Date `json:"issued_on,omitzero"`
}

// Admin is one administrator of an account.
type Admin struct {
	// Name is the person (管理员).
	Name *string `json:"name,omitzero"`
	// IsSuper says that the person has all rights (超级管理员).
	IsSuper *bool `json:"is_super,omitzero"`
	// Employment is how the person is employed.
	Employment *Employment `json:"employment,omitzero"`
	// Email is the person's mail address.
	Email *string `json:"email,omitzero"`
}

// Employment is how a person is employed.
type Employment string

// The kinds of employment.
const (
	EmploymentCivilServant     Employment = "civil_servant"     // 在职公务员
	EmploymentInstitutionStaff Employment = "institution_staff" // 事业编
	EmploymentUnionStaff       Employment = "union_staff"       // 工会在编
	EmploymentContract         Employment = "contract"          // 聘用
	EmploymentExternal         Employment = "external"          // 外部
)

func (Employment) values() []string {
	return names(EmploymentCivilServant, EmploymentInstitutionStaff, EmploymentUnionStaff,
		EmploymentContract, EmploymentExternal)
}

// AccountRole is one role in an account and what it may do.
type AccountRole struct {
	// Role is the role: RoleContentEditor and its sisters.
	Role *ID `json:"role,omitzero"`
	// Permissions are what the role may do: PermissionMessages and its sisters.
	Permissions []ID `json:"permissions,omitzero"`
}

// Known values of AccountRole.Role. The set is open.
const (
	RoleContentEditor  ID = "content_editor"  // 内容编辑
	RoleOperationsLead ID = "operations_lead" // 运营组长
	RoleSuperAdmin     ID = "super_admin"     // 超级管理员
)

// Known values of AccountRole.Permissions. The set is open.
const (
	PermissionMessages  ID = "message_management"  // 消息管理
	PermissionUsers     ID = "user_management"     // 用户管理
	PermissionMaterial  ID = "material_management" // 素材管理
	PermissionAnalysis  ID = "data_analysis"       // 数据分析
	PermissionDevConfig ID = "dev_config"          // 开发配置
)

// Operator is the person who registered the account. The library needs neither the number of the identity document
// nor the date of birth, so there is no place for them.
type Operator struct {
	// IDType is the kind of identity document.
	IDType *IDType `json:"id_type,omitzero"`
	// Age is the age in full years (周岁).
	Age *int64 `json:"age,omitzero"`
	// AccountsOnID is how many accounts are registered on the same document.
	AccountsOnID *int64 `json:"accounts_on_id,omitzero"`
	// AccountsOnPhone is how many accounts are registered on the same telephone number.
	AccountsOnPhone *int64 `json:"accounts_on_phone,omitzero"`
}

// IDType is a kind of identity document.
type IDType string

// The kinds of identity documents.
const (
	IDResident      IDType = "resident_id"     // 居民身份证
	IDTemporary     IDType = "temporary_id"    // 临时身份证
	IDHKMacaoPermit IDType = "hk_macao_permit" // 港澳
	IDTaiwanPermit  IDType = "taiwan_permit"   // 台湾
	IDPassport      IDType = "passport"        // 护照
)

func (IDType) values() []string {
	return names(IDResident, IDTemporary, IDHKMacaoPermit, IDTaiwanPermit, IDPassport)
}

// SiblingAccount is another account of the organisation.
type SiblingAccount struct {
	// Name is the name of that account.
	Name *string `json:"name,omitzero"`
	// Type is its type.
	Type *AccountType `json:"type,omitzero"`
}

// Feature is one function of the account that is in use.
type Feature struct {
	// Kind is the function: FeatureWechatPay and its sisters.
	Kind *ID `json:"kind,omitzero"`
	// HumanHandoff says, for a chatbot, that one can reach a person (转人工).
	HumanHandoff *bool `json:"human_handoff,omitzero"`
	// Backend says, for an online service, where it runs: BackendProvincePlatform or BackendStandalone.
	Backend *ID `json:"backend,omitzero"`
}

// Known values of Feature.Kind. The set is open.
const (
	FeatureWechatPay     ID = "wechat_pay"     // 微信支付
	FeatureCustomMenu    ID = "custom_menu"    // 自定义菜单
	FeatureAdvancedAPI   ID = "advanced_api"   // 高级接口
	FeatureChatbot       ID = "chatbot"        // 智能客服
	FeatureOnlineService ID = "online_service" // 网上办事
)

// Known values of Feature.Backend. The set is open.
const (
	BackendProvincePlatform ID = "province_platform" // 省级政务平台
	BackendStandalone       ID = "standalone"        // 独立页面
)
