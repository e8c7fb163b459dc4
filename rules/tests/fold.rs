//! Search keys of names, kana and addresses.

use rules::fold::{address, kana, name};

#[test]
fn variants_of_a_name_share_a_key() {
    for family in [
        &["渡邊", "渡邉", "渡辺", "渡󠄁邉", "渡 辺", "渡 邊"][..],
        &["髙橋", "高橋"],
        &["﨑山", "崎山", "嵜山", "碕山"],
        &["澤田", "沢田"],
        &["齋藤", "斎藤", "齊藤", "斉藤"],
        &["濱田", "浜田", "濵田"],
        &["廣瀬", "広瀬", "廣瀨"],
        &["櫻井", "桜井"],
        &["吉田", "𠮷田"],
        &["國分", "国分"],
        &["ニシムラ", "にしむら", "\u{FF86}\u{FF7C}\u{FF91}\u{FF97}"],
        &[
            "SMITH JOHN",
            "Smith John",
            "SMITH・JOHN",
            "\u{FF33}\u{FF2D}\u{FF29}\u{FF34}\u{FF28}\u{3000}\u{FF2A}\u{FF2F}\u{FF28}\u{FF2E}",
        ],
    ] {
        for other in family {
            assert_eq!(name(family[0]), name(other), "{} {other}", family[0]);
        }
    }
    assert_ne!(name("渡辺"), name("渡部"));
    assert_ne!(name("高橋"), name("高梁"));
}

#[test]
fn kana_keep_small_letters_and_voice() {
    assert_eq!(kana("わたなべ はなこ"), "ワタナベハナコ");
    assert_eq!(kana("ワタナベ ハナコ"), "ワタナベハナコ");
    assert_eq!(kana("\u{FF9C}\u{FF80}\u{FF85}\u{FF8D}\u{FF9E}\u{3000}ハナコ"), "ワタナベハナコ");
    assert_eq!(kana("カ\u{3099}"), "ガ");
    assert_ne!(kana("きょうこ"), kana("きようこ"));
    assert_ne!(kana("はな"), kana("ばな"));
    assert_eq!(kana("すーざん"), kana("スーザン"));
    assert_eq!(kana("ス-ザン"), kana("スーザン"));
}

#[test]
fn folding_again_changes_nothing() {
    for text in ["渡󠄁邉 花子", "赤羽一丁目2番3号", "ヴァイオレット", "㍻", "①", ""] {
        assert_eq!(name(&name(text)), name(text));
        assert_eq!(kana(&kana(text)), kana(text));
        assert_eq!(address(&address(text)), address(text));
    }
}

/// Every character there is: its key is a key, so that keys don't depend on the order of folding.
#[test]
fn keys_of_all_characters_are_keys() {
    for c in ('\0'..=char::MAX).step_by(super::step()) {
        let (as_name, as_kana) = (name(&c.to_string()), kana(&c.to_string()));
        assert_eq!(name(&as_name), as_name, "{c:?}");
        assert_eq!(kana(&as_kana), as_kana, "{c:?}");
    }
}

#[test]
fn numbers_of_an_address_are_digits() {
    let key = address("東京都北区赤羽一丁目2番3号");
    assert_eq!(key, address("東京都北区赤羽1丁目2番3号"));
    assert_eq!(key, address("東京都北区赤羽1-2-3"));
    assert_eq!(key, address("東京都 北区 赤羽 1−2−3"));
    assert_eq!(address("十二丁目二十三番地"), "12-23");
    assert_eq!(address("百五番地の二"), "105-2");
    assert_eq!(address("千二百番地"), "1200");
    // A long mark is a hyphen after a number only.
    assert_eq!(address("コーポ1ー2"), "コーポ1-2");
    // The 三 of 三条 is a name, not a number.
    assert_eq!(address("三条大橋"), "三条大橋");
    assert_ne!(key, address("東京都北区赤羽1-23"));
}
