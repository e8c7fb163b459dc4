//! The procedures in the words for a caller, as this office has set its rules.

use app::pages::telephone::Topic;
use rules::settings::{
    Delegation, FirstProxyContact, OfficeSettings, ProxyIdentity, RepresentativeVisit, ResetIdentity,
};

/// What a caller can do who wants to know whether a certificate is valid.
pub(super) fn instead() -> Vec<String> {
    [
        "本人がマイナンバーカードを持って窓口に来れば、有効かどうかと有効期限をお伝えできます。",
        "電子証明書の有効期限は、発行の日から5回目の誕生日(更新の期間内に更新した方は6回目)と、カードの有効期限の、早いほうです。",
        "有効期限の近い方には、有効期限通知書をお送りしています。届いていなくても、更新の期間内なら手続きできます。",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// Every topic, what callers ask most often first.
pub(super) fn all(settings: &OfficeSettings) -> Vec<Topic> {
    vec![
        renewal(settings),
        expired(settings),
        reset(settings),
        change(),
        proxy(settings),
        representative(settings),
        moved(),
        lost(settings),
        card(),
    ]
}

fn topic(title: &str, say: &[&str], bring: &[&str]) -> Topic {
    let owned = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    Topic { title: title.to_owned(), say: owned(say), bring: owned(bring) }
}

fn fee(yen: u16) -> String {
    if yen == 0 {
        "手数料はかかりません。".to_owned()
    } else {
        format!("手数料は{yen}円です。")
    }
}

fn renewal(settings: &OfficeSettings) -> Topic {
    topic(
        "電子証明書の更新",
        &[
            "有効期間満了日の3か月前から満了日までに、窓口で更新できます。",
            &fee(settings.fees.renewal),
            settings.online_sentence(),
        ],
        &[
            "マイナンバーカード",
            "暗証番号(署名用、利用者証明用、住民基本台帳用)。窓口で本人が入力します",
            "有効期限通知書(なくても手続きできます)",
        ],
    )
}

fn expired(settings: &OfficeSettings) -> Topic {
    topic(
        "電子証明書の期限が切れた",
        &[
            "期限が切れたあとも、窓口で新しい電子証明書を発行できます。",
            &fee(settings.fees.issuance),
            "カード本体の有効期限までは、本人確認書類として使えます。",
        ],
        &["マイナンバーカード", "暗証番号"],
    )
}

fn reset(settings: &OfficeSettings) -> Topic {
    let papers = match settings.reset_identity {
        ResetIdentity::CardOnly => "マイナンバーカード",
        ResetIdentity::OneMore => "マイナンバーカードと、ほかの本人確認書類1点",
        ResetIdentity::OneMoreIfOutdated => {
            "マイナンバーカード。住所や氏名が変わっている方は、ほかの本人確認書類も"
        }
        ResetIdentity::OralIfNone => "マイナンバーカードと、ほかの本人確認書類(ないときは窓口で質問します)",
    };
    topic(
        "暗証番号を忘れた・ロックした",
        &[
            "暗証番号はどこにも控えがなく、電話でも窓口でもお調べできません。窓口で初期化して設定し直します。",
            "署名用か利用者証明用のどちらか一方だけなら、コンビニエンスストアのキオスク端末でも設定し直せる場合があります。",
        ],
        &[papers],
    )
}

fn change() -> Topic {
    topic(
        "暗証番号を変えたい",
        &["今の暗証番号が分かれば、窓口のほか、パソコンやスマートフォンでも変えられます。"],
        &["マイナンバーカード", "今の暗証番号"],
    )
}

fn proxy(settings: &OfficeSettings) -> Topic {
    let papers = match settings.proxy_identity {
        ProxyIdentity::PhotoOnly => "代理人の本人確認書類(運転免許証など、顔写真のあるもの)",
        ProxyIdentity::TwoWithoutPhoto => {
            "代理人の本人確認書類(顔写真のあるもの1点、または顔写真のないもの2点)"
        }
    };
    let mut bring = vec!["本人のマイナンバーカード", papers];
    if settings.delegation == Delegation::Needed {
        bring.push("本人が書いた委任状");
    }
    bring.push("有効期限通知書に同封の照会書兼回答書があるときは、本人が記入し、封筒に入れて封をしたもの");
    let telephone = if settings.first_proxy_contact == FirstProxyContact::PhoneToo {
        "照会書の送付は、お電話でも受け付けます。いったんこの画面を終え、通常の受付から「電話」で受け付けてください。"
    } else {
        settings.first_contact_sentence()
    };
    topic(
        "本人が来られない(家族や知人が代わりに来る)",
        &[
            "通知書に同封の照会書兼回答書があり、電子証明書の有効期限内であれば、1回の来庁で更新できます。",
            "それ以外は、本人あてに照会書を郵送するため、2回の来庁が必要です。照会書は転送されません。",
            telephone,
        ],
        &bring,
    )
}

fn representative(settings: &OfficeSettings) -> Topic {
    let who = match settings.representative_visit {
        RepresentativeVisit::Alone => {
            "15歳未満の方や成年被後見人の方の手続きは、法定代理人だけでもできます。"
        }
        RepresentativeVisit::WithPrincipal => {
            "15歳未満の方や成年被後見人の方の手続きは、本人と法定代理人が一緒に来てください。"
        }
    };
    let fresh = format!(
        "戸籍謄本や登記事項証明書など、代理権が分かる書類(発行から{}か月以内。同じ世帯の親子などは不要な場合があります)",
        settings.deadlines.proof_months
    );
    topic(
        "子どもや成年被後見人の手続き",
        &[who],
        &["本人のマイナンバーカード", "法定代理人の本人確認書類", &fresh],
    )
}

fn moved() -> Topic {
    topic(
        "引っ越した・名前が変わった",
        &[
            "住所や氏名が変わると、署名用電子証明書は使えなくなります。届出のときに窓口で発行できます。",
            "利用者証明用電子証明書は、そのまま使えます。",
        ],
        &["マイナンバーカード", "暗証番号"],
    )
}

fn lost(settings: &OfficeSettings) -> Topic {
    let fees = format!(
        "再交付の手数料は、カード{}円、電子証明書{}円です。",
        settings.fees.lost_card, settings.fees.lost_card_certificates
    );
    topic(
        "カードをなくした・見つかった",
        &[
            "なくしたときは、まず24時間受け付けている全国共通の窓口に電話して、一時停止の手続きをしてください。",
            "見つかったときは、一時停止の解除と署名用電子証明書の発行を、窓口で行います。",
            &fees,
        ],
        &["本人確認書類", "見つかったときは、マイナンバーカード"],
    )
}

fn card() -> Topic {
    topic(
        "カードの有効期限が近い",
        &[
            "カードの更新は、顔写真を付けて申請します。できあがるまで1か月から2か月かかります。",
            "電子証明書は、新しいカードに入れてお渡しします。",
        ],
        &["申請書(通知に同封のもの、または窓口でお渡しするもの)", "顔写真"],
    )
}
