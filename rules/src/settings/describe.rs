//! The settings page: each choice with what it changes, read and written by key.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::{
    CardFaceExpiry, ClerkStatistics, ConvenienceStore, Delegation, ExpiredWithProxy, ExpiryWording,
    FirstProxyContact, HouseholdReset, HouseholdSameDay, InsuranceGrace, LateReply, LeapBirthday,
    NoticeRelease, NoticeTiming, NoticesElsewhere, NoticesTo, OfficeSettings, OnlineRenewal, ProxyIdentity,
    RenewalPeak, RepresentativeIdentity, RepresentativeVisit, ResetIdentity, SignatureCap,
    SignatureForRestricted, WindowStart,
};
use crate::RuleError;
use crate::calendar::MaintenanceRule;

/// One answer an office can give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Stored form.
    pub code: String,
    /// What people read.
    pub label: String,
}

/// One row of the settings page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingRow {
    /// The key to read and write it by.
    pub key: &'static str,
    /// Its name.
    pub label: &'static str,
    /// What it changes at the counter or on paper.
    pub changes: &'static str,
    /// The municipalities that decide one way or the other.
    pub sources: &'static str,
    /// The default's code.
    pub default: String,
    /// The office's present choice.
    pub value: String,
    /// Every choice; empty where a number is typed.
    pub choices: Vec<Choice>,
}

/// A value that can stand in a settings row.
pub trait SettingValue: Sized {
    /// Its stored form.
    fn to_code(&self) -> String;
    /// Reads the stored form.
    fn read(text: &str) -> Option<Self>;
    /// Every choice; empty for numbers.
    fn choices() -> Vec<Choice>;
}

/// What a number may be: fees in yen, days of a reply, months of a proof.
fn limits(key: &str) -> RangeInclusive<u16> {
    match key {
        "reply_days" => 1..=365,
        "proof_months" => 1..=24,
        _ => 0..=20_000,
    }
}

fn read<T: SettingValue>(key: &str, label: &str, text: &str) -> Result<T, RuleError> {
    let number = T::choices().is_empty();
    let (least, most) = (*limits(key).start(), *limits(key).end());
    let fits = !number || text.parse().is_ok_and(|value: u16| limits(key).contains(&value));
    T::read(text).filter(|_| fits).ok_or_else(|| RuleError::SettingValue {
        key: label.to_owned(),
        value: text.to_owned(),
        accepts: if number {
            format!("{least}から{most}までの数字を入れてください。")
        } else {
            "示された中から選んでください。".to_owned()
        },
    })
}

macro_rules! choices {
    ($($name:ty),+ $(,)?) => {
        $(impl SettingValue for $name {
            fn to_code(&self) -> String { self.code().to_owned() }
            fn read(text: &str) -> Option<Self> { Self::from_code(text) }
            fn choices() -> Vec<Choice> {
                Self::ALL.iter().map(|value| Choice { code: value.code().into(), label: value.label().into() }).collect()
            }
        })+
    };
}

choices!(
    WindowStart,
    ExpiryWording,
    SignatureCap,
    SignatureForRestricted,
    RepresentativeVisit,
    FirstProxyContact,
    Delegation,
    ProxyIdentity,
    RepresentativeIdentity,
    ResetIdentity,
    ExpiredWithProxy,
    HouseholdSameDay,
    HouseholdReset,
    InsuranceGrace,
    ConvenienceStore,
    CardFaceExpiry,
    NoticeTiming,
    MaintenanceRule,
    RenewalPeak,
    OnlineRenewal,
    LeapBirthday,
    NoticesTo,
    NoticesElsewhere,
    NoticeRelease,
    LateReply,
    ClerkStatistics,
);

impl SettingValue for u16 {
    fn to_code(&self) -> String {
        self.to_string()
    }
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
    fn choices() -> Vec<Choice> {
        Vec::new()
    }
}

fn choices_of<T: SettingValue>(_: &T) -> Vec<Choice> {
    T::choices()
}

macro_rules! rows {
    ($($key:literal $($field:ident).+ : $label:literal, $changes:literal, $sources:literal;)+) => {
        impl OfficeSettings {
            /// Every setting with its present value, in the order of the page.
            pub fn describe(&self) -> Vec<SettingRow> {
                let default = Self::default();
                vec![$(SettingRow {
                    key: $key,
                    label: $label,
                    changes: $changes,
                    sources: $sources,
                    default: default.$($field).+.to_code(),
                    value: self.$($field).+.to_code(),
                    choices: choices_of(&self.$($field).+),
                },)+]
            }

            /// Changes one setting by its key.
            ///
            /// # Errors
            /// [`RuleError::UnknownCode`] for an unknown key, [`RuleError::SettingValue`] for a value it cannot take.
            pub fn set(&mut self, key: &str, value: &str) -> Result<(), RuleError> {
                match key {
                    $($key => {
                        self.$($field).+ = read($key, $label, value)?;
                    })+
                    _ => return Err(RuleError::UnknownCode { what: "設定", text: key.to_owned() }),
                }
                Ok(())
            }
        }
    };
}

rows! {
    "window_start" window_start: "更新期間の初日",
        "更新の受付を始める日が1日変わります。満了日の計算は施行規則どおりで変わりません。",
        "練馬区・高槻市・越谷市ほか(翌日)/湖南市・三原市(3か月前から)";
    "expiry_wording" expiry_wording: "新しい有効期限の説明",
        "通知書と窓口で、新しい有効期限をどう説明するかが変わります。計算は変わりません。",
        "宇治市・新見市(6回目)/金沢市(カードと同じ日)";
    "signature_cap" signature_cap: "署名用の上限",
        "署名用電子証明書の新しい満了日を、利用者証明用の満了日で切るかどうかが変わります。",
        "東村山市・阿見町・鶴ヶ島市・足立区/湖南市・大口町・愛川町";
    "signature_for_restricted" signature_for_restricted: "15歳未満・成年被後見人の署名用",
        "15歳未満の方と成年被後見人に署名用電子証明書を発行できる場合が変わります。",
        "平塚市・ふじみ野市・加西市/松山市/伊丹市";
    "representative_visit" representative_visit: "法定代理人だけの来庁",
        "法定代理人だけで手続きできるか、本人の同行を求めるかが変わります。",
        "桜川市・尾花沢市・八代市/江戸川区";
    "first_proxy_contact" first_proxy_contact: "任意代理人の最初の連絡",
        "照会書の送付を電話でも受け付けるかが変わります。",
        "横浜市・世田谷区/加西市・笠岡市・志賀町・筑北村・松山市";
    "delegation" delegation: "1回目の来庁の委任状",
        "任意代理人の1回目の来庁で委任状を求めるかが変わります。",
        "国立市/大阪狭山市・富士宮市";
    "proxy_identity" proxy_identity: "任意代理人の本人確認書類",
        "写真のない書類2点の任意代理人を受け付けるかが変わります。",
        "加西市・大村市・酒田市/笠岡市・大江町・国立市";
    "representative_identity" representative_identity: "法定代理人の本人確認書類",
        "暗証番号の再設定で、法定代理人に書類を2点求めるかが変わります。",
        "大阪狭山市・菊池市・国立市・日南市/太宰府市・桜川市・八代市";
    "reset_identity" reset_identity: "暗証番号再設定の本人確認(本人)",
        "本人の暗証番号再設定で、カードのほかに求める書類が変わります。",
        "平塚市・鹿嶋市/菊池市・上尾市・国立市/豊川市/吉川市";
    "expired_with_proxy" expired_with_proxy: "満了後の任意代理人",
        "満了後に任意代理人が来た場合の来庁回数が変わります。",
        "前橋市・大江町・三原市/呉市";
    "household_same_day" household_same_day: "異動と同時の同一世帯員",
        "転入・転居などの届出と同時に、同一世帯員が即日で手続きできるかが変わります。",
        "神戸市・いちき串木野市・志免町・豊見城市/平塚市";
    "household_reset" household_reset: "同一世帯員の暗証番号再設定",
        "同一世帯員による暗証番号の再設定を本人と同じに扱うかが変わります。",
        "富士宮市のみ本人扱い";
    "insurance_grace" insurance_grace: "マイナ保険証の猶予の案内",
        "満了後に健康保険証として使える期間の案内文が変わります。",
        "東京土建(応当日)/多摩市(月末)";
    "convenience_store" convenience_store: "コンビニ交付の再開",
        "更新後にコンビニ交付を使えるようになる時期の案内が変わります。",
        "前橋市(約1時間)/鎌倉市・朝霞市(24時間)/平塚市(翌日)";
    "card_face_expiry" card_face_expiry: "券面の有効期限の記入",
        "更新の最後に、券面へ電子証明書の有効期限を書く手順を出すかが変わります。",
        "野々市市・志賀町/藤井寺市/下関市";
    "notice_timing" notice_timing: "有効期限通知書の発送時期",
        "通知書の一覧で発送の目安とする日が変わります。",
        "越谷市(3か月前)/田子町(2か月半前)/足立区・呉市(2か月前)";
    "maintenance" calendar.maintenance: "毎月の定期保守日",
        "電子証明書の手続きができない日曜日が変わります。第3日曜日とは、1日が日曜日の月だけ違う日になります。",
        "足利市・吉川市(第3土曜日の翌日)/那珂市(第1土曜日の翌日も)/春日井市(第3日曜日)";
    "fee_renewal" fees.renewal: "更新の手数料(円)",
        "窓口と通知書に出る手数料が変わります。",
        "公的個人認証サービス(無料)/新見市(200円)";
    "fee_issuance" fees.issuance: "発行の手数料(円)",
        "満了後の発行で窓口に出る手数料が変わります。",
        "三原市・藤井寺市・品川区・八街市(無料)/福知山市・東海市(200円)";
    "fee_lost_card" fees.lost_card: "紛失による再交付の手数料(円)",
        "カードの再交付で案内する手数料が変わります。",
        "葛城市・八代市・松伏町(800円)";
    "fee_lost_card_certificates" fees.lost_card_certificates: "紛失による再交付の電子証明書の手数料(円)",
        "カードの再交付で案内する電子証明書の手数料が変わります。",
        "葛城市・八代市・松伏町(200円)";
    "renewal_peak" renewal_peak: "更新件数の山",
        "集計で人員の目安とする年度が変わります。",
        "デジタル庁資料(令和7年度)/令和9年度とする民間の予測";
    "online_renewal" online_renewal: "スマートフォンでの更新の案内",
        "オンラインでの更新について尋ねられたときの案内文が変わります。",
        "藤井寺市ほか公式の案内(できない)";
    "leap_birthday" leap_birthday: "2月29日生まれの誕生日",
        "うるう年でない年の満了日の計算が1日変わります。カードから読んだ日が常に優先します。",
        "公表している自治体なし";
    "notices_to" notices_to: "通知書を送る相手",
        "J-LISから通知が届く方にも当庁から送るかが変わります。",
        "豊川市・練馬区・呉市・うるま市(J-LISから届かない方)";
    "notices_elsewhere" notices_elsewhere: "居所登録の方への通知書",
        "居所を登録している方に、住所地あての通知書を送るかが変わります。",
        "豊川市・うるま市(J-LISから届かない方)";
    "notice_release" notice_release: "通知書の承認",
        "通知書の対象者の一覧を、作った本人が承認して印刷に進められるかが変わります。",
        "公表している自治体なし";
    "late_reply" late_reply: "期限を過ぎた回答書",
        "回答期限を過ぎて届いた回答書を受け付けるかが変わります。",
        "公表している自治体なし";
    "reply_days" deadlines.reply_days: "回答書の期限(日)",
        "照会書に印字する回答期限が変わります。カードの有効期限より後にはなりません。",
        "公表している自治体なし";
    "proof_months" deadlines.proof_months: "代理権の書類の有効な月数",
        "戸籍謄本・登記事項証明書の発行日がどれだけ前まで認められるかが変わります。",
        "上尾市・富士宮市・波佐見町・東松山市(3か月)";
    "clerk_statistics" clerk_statistics: "職員別の集計",
        "集計の画面と書き出しに、受付した職員ごとの件数を出すかが変わります。記録そのものは変わりません。",
        "公表している自治体なし";
}
