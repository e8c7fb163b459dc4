//! A ward of two thousand made-up people: what is copied out of each letter is what is registered, and what stands in
//! the window is inside it.

mod common;

use common::poppler::Paper;
use common::{fonts, letter, made_at};
use forms::notice::{NoticeLetter, print};
use forms::{Fallback, PrintOptions};

const PEOPLE: u32 = 2000;

/// Names and addresses as registers hold them: usual ones, variation sequences, characters beyond the first 65,536,
/// combining marks, Latin, kana, and long ones.
fn ward() -> Vec<NoticeLetter> {
    const FAMILY: [&str; 12] = [
        "佐藤",
        "渡邉\u{E0111}",
        "渡邊",
        "髙橋",
        "齋\u{E0103}藤",
        "𠮷田",
        "﨑山",
        "辻\u{E0102}",
        "葛\u{E0102}西",
        "𩸽野",
        "五十嵐",
        "龍崎",
    ];
    const GIVEN: [&str; 9] =
        ["花子", "一郎", "美咲", "健太", "さくら", "ジョン・スミス", "NGUYEN THI MIHON", "邉\u{E010F}", "凛"];
    const TOWN: [&str; 6] =
        ["赤羽", "葛\u{E0102}町", "王子本町", "大字見本字見本台", "𠮷祥寺", "西が丘見本地区区画整理事業地内"];
    (1..=PEOPLE)
        .map(|n| {
            let of = |list: &[&'static str], step: u32| list[(n / step) as usize % list.len()];
            let name = format!("{} {}", of(&FAMILY, 1), of(&GIVEN, 5));
            let address = format!("東京都見本区{}{}丁目{}番{}号", of(&TOWN, 3), n % 9 + 1, n % 47 + 1, n);
            let building = (n % 4 == 0).then(|| format!("見本ハイツ{}{}号室", of(&GIVEN, 2), n % 1000));
            let reply = n % 10 == 0;
            NoticeLetter { reply_form: reply, ..letter(n, &name, &address, building.as_deref()) }
        })
        .collect()
}

fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn every_letter_says_what_is_registered() {
    let letters = ward();
    let options = PrintOptions::new(made_at(), false);
    let printed = print(&letters, fonts(), &options).expect("printed");
    assert_eq!(printed.fallbacks, Vec::<Fallback>::new());
    let paper = Paper::of(&printed);
    let pages = paper.all_text();
    let mut at = pages.iter();
    for letter in &letters {
        let first = dense(at.next().expect("a page for each letter"));
        let to = &letter.addressee;
        let mut needed = vec![
            format!("{}様", to.name),
            to.address.clone(),
            letter.document_number(),
            "〒115-0045".to_owned(),
        ];
        needed.extend(to.building.clone());
        for text in needed {
            assert!(first.contains(&dense(&text)), "{text}: {first}");
        }
        if letter.reply_form {
            let second = dense(at.next().expect("a reply form"));
            for text in [&to.name, &letter.document_number()] {
                assert!(second.contains(&dense(text)), "{text}: {second}");
            }
        }
    }
    assert!(at.next().is_none());
    for font in paper.fonts() {
        assert_eq!(font[3..7], ["Identity-H", "yes", "yes", "yes"], "{font:?}");
    }
    in_the_window(&paper, pages.len(), &options);
}

/// The address block of every first page against the envelope: two millimetres clear of the window's frame, also when
/// the sheet lies at either end of its envelope.
fn in_the_window(paper: &Paper, pages: usize, options: &PrintOptions) {
    let envelope = options.envelope;
    let left = f64::from(envelope.window_left_mm - (envelope.width_mm - 210.0) / 2.0) + 2.0;
    let top = f64::from(envelope.window_top_mm - (envelope.height_mm - 99.0) / 2.0) + 2.0;
    let right = left + f64::from(envelope.window_width_mm) - 4.0;
    let bottom = top + f64::from(envelope.window_height_mm) - 4.0;
    let mut seen = 0;
    for words in paper.all_words() {
        let Some(mark) = words.iter().find(|word| word.text == "転送不要") else { continue };
        seen += 1;
        assert!(mark.left >= left.max(10.0) && mark.right <= right, "{mark:?}");
        for word in words.iter().filter(|word| word.left < 100.0 && word.top < 60.0) {
            assert!(word.left >= left.max(10.0) - 0.01 && word.right <= right + 0.01, "{word:?}");
            assert!(word.top >= top.max(10.0) - 0.01 && word.bottom <= bottom + 0.01, "{word:?}");
        }
    }
    assert_eq!(seen, PEOPLE as usize);
    assert!(pages > seen);
}
