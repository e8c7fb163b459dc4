//! What the notice says beside the office's wording: labels, and the fields of its wording.

use super::NoticeFees;
use crate::OfficeText;
use crate::wording::{Values, Wording, office_values};

pub(super) const COLUMNS: [&str; 3] = ["電子証明書の種類", "有効期限", "更新の手続きができる期間"];
pub(super) const DEADLINE: &str = "手続きの期限";
pub(super) const BRING: &str = "持ってくるもの";
pub(super) const PINS: &str = "窓口で入力する暗証番号";
pub(super) const WHERE: &str = "手続きの場所と時間";
pub(super) const NOTES: &str = "お知らせ";

pub(super) const PIN_SIGNATURE: (&str, &str) = ("署名用電子証明書", "英字と数字 6文字から16文字");
pub(super) const PIN_AUTHENTICATION: (&str, &str) = ("利用者証明用電子証明書", "数字 4桁");
pub(super) const PIN_RESIDENT_REGISTER: (&str, &str) = ("住民基本台帳用", "数字 4桁");

/// Who comes, and the section that says what that person brings.
pub(super) const VISITORS: [(&str, &str); 3] = [
    ("ご本人が来るとき", "本人が来るとき"),
    ("法定代理人が来るとき\n(15歳未満の方、\n成年被後見人の方など)", "法定代理人が来るとき"),
    ("そのほかの代理の方が\n来るとき", "ほかの代理人が来るとき"),
];

/// What stands in place of the last section above where no reply form comes with the notice.
pub(super) const WITHOUT_REPLY: &str = "ほかの代理人が来るとき(回答書なし)";

/// The fields of the notice's wording.
pub(super) fn values(office: &OfficeText, fees: NoticeFees, pins: usize, wording: &Wording) -> Values {
    let fee = |yen: u16, free: &str, paid: &str| {
        let mut values = office_values(office);
        values.set("円", yen.to_string());
        wording.filled(if yen == 0 { free } else { paid }, &values)
    };
    let mut values = office_values(office);
    values.set("手数料", fee(fees.renewal, "更新が無料", "更新が有料"));
    values.set("期限後の手数料", fee(fees.issuance, "発行が無料", "発行が有料"));
    values.set(
        "暗証番号の数",
        match pins {
            0 => String::new(),
            count => format!("・暗証番号{count}つ(下の欄をご覧ください)"),
        },
    );
    values
}
