//! 和暦 at the borders of the eras, and texts that are no dates.

use rules::wareki::{Era, era_year, fiscal_year, long, long_month, long_weekday, parse, short};
use rules::{NaiveDate, RuleError};

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn borders_of_the_eras() {
    for (date, long_form, short_form) in [
        ("1873-01-01", "明治6年1月1日", "M6.1.1"),
        ("1912-07-29", "明治45年7月29日", "M45.7.29"),
        ("1912-07-30", "大正元年7月30日", "T1.7.30"),
        ("1926-12-24", "大正15年12月24日", "T15.12.24"),
        ("1926-12-25", "昭和元年12月25日", "S1.12.25"),
        ("1989-01-07", "昭和64年1月7日", "S64.1.7"),
        ("1989-01-08", "平成元年1月8日", "H1.1.8"),
        ("2019-04-30", "平成31年4月30日", "H31.4.30"),
        ("2019-05-01", "令和元年5月1日", "R1.5.1"),
        ("2025-10-10", "令和7年10月10日", "R7.10.10"),
        ("1872-12-31", "1872年12月31日", "1872.12.31"),
    ] {
        assert_eq!((long(d(date)).as_str(), short(d(date)).as_str()), (long_form, short_form));
    }
    assert_eq!(long_weekday(d("2025-10-10")), "令和7年10月10日(金)");
    assert_eq!(long_month(d("2025-10-10")), "令和7年10月");
    assert_eq!(long_month(d("2019-05-10")), "令和元年5月");
    assert_eq!(long_month(d("1870-05-10")), "1870年5月");
    assert_eq!(era_year(d("1872-12-31")), None);
    let week: String = (9..16)
        .map(|day| long_weekday(NaiveDate::from_ymd_opt(2026, 11, day).unwrap()))
        .map(|text| text.chars().rev().nth(1).unwrap())
        .collect();
    assert_eq!(week, "月火水木金土日");
}

#[test]
fn forms_people_write() {
    for text in [
        "2025-10-10",
        "20251010",
        "2025/10/10",
        "2025.10.10",
        "2025年10月10日",
        "R7.10.10",
        "R7/10/10",
        "R7-10-10",
        "r7.10.10",
        "R071010",
        "R07.10.10",
        "令和7年10月10日",
        "令和七年",
        "令和7年10月10日(金)",
        "令和7年10月10日(金曜日)",
        " 令和 7 年 10 月 10 日 ",
        "R7.10.10",
        "㋿7年10月10日",
        "2025-10-10",
        "令和7.10.10",
        "令和7/10/10",
        "2025-1010",
        // Full width, as it comes from other systems.
        "\u{FF32}\u{FF17}\u{FF0E}\u{FF11}\u{FF10}\u{FF0E}\u{FF11}\u{FF10}",
        "\u{FF12}\u{FF10}\u{FF12}\u{FF15}\u{FF0D}\u{FF11}\u{FF10}\u{FF0D}\u{FF11}\u{FF10}",
        "令和\u{FF17}年\u{FF11}\u{FF10}月\u{FF11}\u{FF10}日\u{FF08}金\u{FF09}",
        "\u{3000}\u{FF12}\u{FF10}\u{FF12}\u{FF15}\u{FF11}\u{FF10}\u{FF11}\u{FF10}\u{3000}",
    ] {
        let expected = match text {
            "令和七年" | "2025-1010" => None,
            _ => Some(d("2025-10-10")),
        };
        assert_eq!(parse(text).ok(), expected, "{text}");
    }
    for (text, date) in [
        ("令和元年5月1日", "2019-05-01"),
        ("R元.5.1", "2019-05-01"),
        ("R1.5.1", "2019-05-01"),
        ("平成元年1月8日", "1989-01-08"),
        ("S64.1.7", "1989-01-07"),
        ("明治45年7月30日", "1912-07-30"),
        ("大正元年7月30日", "1912-07-30"),
        ("大正15年12月25日", "1926-12-25"),
        ("昭和元年12月25日", "1926-12-25"),
        ("S1.12.31", "1926-12-31"),
        ("H31.4.30", "2019-04-30"),
        ("昭和55年10月10日", "1980-10-10"),
        ("2024-02-29", "2024-02-29"),
    ] {
        assert_eq!(parse(text), Ok(d(date)), "{text}");
    }
}

#[test]
fn texts_that_are_no_dates() {
    for text in [
        "",
        " ",
        "令和",
        "R",
        "2025",
        "2025-10",
        "25-10-10",
        "10/10/2025",
        "2025-10-10-10",
        "きのう",
        "R7.10",
        "R7.10.10.1",
        "令和7年10月",
        "令和7年十月十日",
        "2025-1O-10",
        "202510101",
        "2025101",
        "R7101",
        "元年5月1日",
        "2025年10月10",
        "-10-10",
        "R-1.1.1",
        "2025-10-10(曜)",
        "99999999999999999999",
        "令和99999年1月1日",
        "00000-1-1",
    ] {
        let error = parse(text).unwrap_err();
        assert!(matches!(error, RuleError::UnreadableDate { .. }), "{text}: {error:?}");
        assert!(error.sentence().ends_with('。'));
    }
    for text in [
        "2025-02-29",
        "2025-13-01",
        "2025-00-10",
        "2025-10-32",
        "R7.2.30",
        "R0.5.1",
        "20250230",
        "0000-00-00",
    ] {
        assert!(matches!(parse(text), Err(RuleError::ImpossibleDate { .. })), "{text}");
    }
    for (text, date) in [
        ("平成31年5月1日", "2019-05-01"),
        ("令和元年4月30日", "2019-04-30"),
        ("昭和64年1月8日", "1989-01-08"),
        ("平成元年1月7日", "1989-01-07"),
        ("昭和元年12月24日", "1926-12-24"),
        ("大正15年12月26日", "1926-12-26"),
        ("明治5年12月31日", "1872-12-31"),
        ("H35.1.1", "2023-01-01"),
    ] {
        match parse(text) {
            Err(RuleError::OutsideEra { date: meant, .. }) => assert_eq!(meant, d(date), "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
    assert!(matches!(parse("2200-01-01"), Err(RuleError::DateOutOfRange { .. })));
    assert!(matches!(parse("1867-12-31"), Err(RuleError::DateOutOfRange { .. })));
    assert_eq!(parse("2199-12-31"), Ok(d("2199-12-31")));
    assert_eq!(parse("1868-01-01"), Ok(d("1868-01-01")));
    // A whole file pasted into the field.
    assert!(parse(&"2025-10-10 ".repeat(10_000)).is_err());
}

#[test]
fn fiscal_years() {
    for (date, era, year) in [
        ("2026-03-31", Era::Reiwa, 7),
        ("2026-04-01", Era::Reiwa, 8),
        ("2026-11-22", Era::Reiwa, 8),
        ("2019-04-01", Era::Reiwa, 1),
        ("2019-03-31", Era::Heisei, 30),
        ("1989-03-31", Era::Showa, 63),
        ("1989-04-01", Era::Heisei, 1),
    ] {
        assert_eq!(fiscal_year(d(date)), Some((era, year)), "{date}");
    }
    assert_eq!(fiscal_year(d("1860-04-01")), None);
}

proptest::proptest! {
    /// Whatever is typed: a date or an error, never a panic, and what is a date reads back as itself.
    #[test]
    fn anything_typed(text in "\\PC{0,24}") {
        if let Ok(date) = parse(&text) {
            proptest::prop_assert_eq!(parse(&date.to_string()), Ok(date));
        }
    }

    /// Near misses of real dates.
    #[test]
    fn near_misses(text in "[RHSTM令和平成昭]{0,2}[0-9元]{0,5}[-./年][0-9]{0,3}[-./月][0-9]{0,3}日?") {
        if let Ok(date) = parse(&text) {
            proptest::prop_assert_eq!(parse(&long(date)), Ok(date));
        }
    }
}
