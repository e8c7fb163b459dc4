//! The office as it stands on its letters, line by line: the form on the settings page, and what is still missing.

use forms::OfficeText;

/// A line of the form.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in the form.
    pub name: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// Where it stands on paper.
    pub hint: &'static str,
    /// A letter without it can't be answered.
    pub required: bool,
}

/// The lines in the order of the form.
pub const FIELDS: [Field; 10] = [
    Field {
        name: "ward", label: "区市町村", hint: "画面の左上と、文書の差出人に出ます。", required: true
    },
    Field { name: "department", label: "担当", hint: "問い合わせ先に出ます。", required: true },
    Field {
        name: "mayor", label: "差出人", hint: "職名と氏名。文書の右上に出ます。", required: true
    },
    Field {
        name: "postal_code", label: "役所の郵便番号", hint: "7桁。返送先に出ます。", required: true
    },
    Field { name: "address", label: "役所の所在地", hint: "返送先に出ます。", required: true },
    Field { name: "place", label: "手続の場所", hint: "階と窓口の番号まで。", required: true },
    Field { name: "hours", label: "受付時間", hint: "曜日と時刻。", required: true },
    Field { name: "closed", label: "休み", hint: "空欄にできます。", required: false },
    Field { name: "phone", label: "電話番号", hint: "問い合わせ先に出ます。", required: true },
    Field {
        name: "website",
        label: "案内のページ",
        hint: "予約や案内のアドレス。空欄にできます。",
        required: false,
    },
];

/// Characters that a line may have: what fits on the sheet.
const LONGEST: usize = 60;

/// The text of one line.
pub fn value<'a>(text: &'a OfficeText, name: &str) -> &'a str {
    match name {
        "ward" => &text.ward,
        "department" => &text.department,
        "mayor" => &text.mayor,
        "postal_code" => &text.postal_code,
        "address" => &text.address,
        "place" => &text.place,
        "hours" => &text.hours,
        "closed" => &text.closed,
        "phone" => &text.phone,
        "website" => &text.website,
        _ => "",
    }
}

/// Changes one line; false when there is no line of that name.
pub fn set(text: &mut OfficeText, name: &str, value: &str) -> bool {
    let line = match name {
        "ward" => &mut text.ward,
        "department" => &mut text.department,
        "mayor" => &mut text.mayor,
        "postal_code" => &mut text.postal_code,
        "address" => &mut text.address,
        "place" => &mut text.place,
        "hours" => &mut text.hours,
        "closed" => &mut text.closed,
        "phone" => &mut text.phone,
        "website" => &mut text.website,
        _ => return false,
    };
    value.trim().clone_into(line);
    true
}

/// What is wrong with a new value of a line, if anything.
pub fn fault(field: &Field, value: &str) -> Option<String> {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    if field.required && value.is_empty() {
        return Some(format!("{}を入れてください。文書に必要です。", field.label));
    }
    if value.chars().count() > LONGEST {
        return Some(format!("{}は{LONGEST}文字までで入れてください。文書に収まりません。", field.label));
    }
    if value.chars().any(char::is_control) {
        return Some(format!("{}に使えない文字が入っています。改行などを除いてください。", field.label));
    }
    if field.name == "postal_code" && (digits != 7 || value.chars().any(|c| !c.is_ascii_digit() && c != '-'))
    {
        return Some("役所の郵便番号を、半角の数字7桁で入れてください。".to_owned());
    }
    None
}

/// The labels of the lines that a letter needs and that nobody has filled in: a new office begins with 〇〇 and blanks.
pub fn gaps(text: &OfficeText) -> Vec<&'static str> {
    let missing = |line: &str| line.trim().is_empty() || line.contains('〇');
    FIELDS
        .iter()
        .filter(|field| field.required && missing(value(text, field.name)))
        .map(|field| field.label)
        .collect()
}

/// One sentence about the gaps, if there are any.
pub fn warning(text: &OfficeText) -> Option<String> {
    let gaps = gaps(text);
    (!gaps.is_empty()).then(|| {
        format!(
            "文書に載せる役所の情報がまだ入っていません({})。設定の「役所の表示」で入れてください。",
            gaps.join("、")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> OfficeText {
        let of = |name: &str| name.to_owned();
        OfficeText {
            ward: of("ward"),
            department: of("department"),
            mayor: of("mayor"),
            postal_code: of("postal_code"),
            address: of("address"),
            place: of("place"),
            hours: of("hours"),
            closed: of("closed"),
            phone: of("phone"),
            website: of("website"),
        }
    }

    /// Every line of the form reads and writes a text of its own.
    #[test]
    fn every_line_has_its_text() {
        let mut text = full();
        for field in FIELDS {
            assert_eq!(value(&text, field.name), field.name);
            assert!(set(&mut text, field.name, " 新 "));
            assert_eq!(value(&text, field.name), "新");
        }
        assert!(!set(&mut text, "number", "1"));
    }

    /// What doesn't fit on the sheet is refused with a sentence.
    #[test]
    fn refuses_what_does_not_fit() {
        let field = |name: &str| FIELDS.into_iter().find(|field| field.name == name).unwrap();
        assert_eq!(fault(&field("ward"), "北区"), None);
        assert_eq!(fault(&field("website"), ""), None);
        assert!(fault(&field("ward"), "").is_some());
        assert!(fault(&field("ward"), &"あ".repeat(61)).is_some());
        assert!(fault(&field("place"), "1階\n3番").is_some());
        assert_eq!(fault(&field("postal_code"), "114-8508"), None);
        assert!(fault(&field("postal_code"), "114").is_some());
        assert!(fault(&field("postal_code"), "１１４８５０８").is_some());
    }

    /// Blanks and circles are missing where a letter needs the line, and only there.
    #[test]
    fn names_what_is_missing() {
        let mut text = full();
        assert_eq!(warning(&text), None);
        text.ward = "〇〇市".to_owned();
        text.phone = "  ".to_owned();
        text.website = String::new();
        assert_eq!(gaps(&text), ["区市町村", "電話番号"]);
        assert!(warning(&text).unwrap().contains("電話番号"));
    }
}
