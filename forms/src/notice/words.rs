//! The fixed wording of the notice: plain Japanese, short sentences, no threats.

pub(super) const TITLE: &str = "電子証明書の有効期限通知書";

pub(super) fn lead(fee: u16) -> String {
    let fee = match fee {
        0 => "手数料はかかりません(無料です)。".to_owned(),
        yen => format!("手数料は{yen}円です。"),
    };
    format!(
        "マイナンバーカードに入っている電子証明書の有効期限が近づいています。\n\
         続けて使うには、期限までに窓口で更新の手続きをしてください。{fee}"
    )
}

pub(super) const COLUMNS: [&str; 3] = ["電子証明書の種類", "有効期限", "更新の手続きができる期間"];

pub(super) const DEADLINE: &str = "手続きの期限";

pub(super) const BRING: &str = "持ってくるもの";

/// Who comes, and what that person brings, for so many PINs.
pub(super) fn visitors(pins: usize) -> [(&'static str, String); 3] {
    let pins = match pins {
        0 => String::new(),
        count => format!("・暗証番号{count}つ(下の欄をご覧ください)"),
    };
    [
        ("ご本人が来るとき", format!("・マイナンバーカード　{pins}\nこの通知書がなくても手続きできます。")),
        (
            "法定代理人が来るとき\n(15歳未満の方、\n成年被後見人の方など)",
            format!(
                "・ご本人のマイナンバーカード　{pins}\n\
                 ・法定代理人の本人確認書類(運転免許証など顔写真のあるもの)\n\
                 ・代理人とわかる書類(戸籍謄本、登記事項証明書など。3か月以内のもの)"
            ),
        ),
        (
            "そのほかの代理の方が\n来るとき",
            "来る前に、下の「問い合わせ」へご連絡ください。\n\
             ご本人に照会書を送ります。ご本人が書いたものを持って来てください。"
                .to_owned(),
        ),
    ]
}

pub(super) const PINS: &str = "窓口で入力する暗証番号";

pub(super) const PIN_SIGNATURE: (&str, &str) = ("署名用電子証明書", "英字と数字 6文字から16文字");
pub(super) const PIN_AUTHENTICATION: (&str, &str) = ("利用者証明用電子証明書", "数字 4桁");
pub(super) const PIN_RESIDENT_REGISTER: (&str, &str) = ("住民基本台帳用", "数字 4桁");

pub(super) const PIN_FORGOTTEN: &str = "暗証番号を忘れたときも、ご本人が来れば、窓口で新しく決めることができます。暗証番号をほかの人に教えないでください。";

pub(super) const NO_PIN: &str =
    "お持ちのカードは顔認証マイナンバーカードのため、暗証番号の入力はありません。";

pub(super) const WHERE: &str = "手続きの場所と時間";

pub(super) const NOTES: &str = "お知らせ";

pub(super) fn note_lines(fee: u16) -> [String; 4] {
    let later = match fee {
        0 => "期限の後も、無料で発行の手続きができます。".to_owned(),
        yen => format!("期限の後は、発行の手続き(手数料{yen}円)ができます。"),
    };
    [
        "すでに更新の手続きが終わった方は、この通知と行き違いです。手続きはいりません。".to_owned(),
        format!(
            "期限を過ぎると、コンビニ交付やe-Taxなどが使えなくなります。マイナ保険証は、期限の後も3か月間は\
             保険の資格の確認に使えます。{later}"
        ),
        "電子証明書が有効かどうかは、お電話ではお答えできません。".to_owned(),
        "市区町村の職員が、電話やメールで暗証番号をお聞きすることはありません。".to_owned(),
    ]
}

pub(super) const NOT_FORWARDED: &str = "転送不要";
