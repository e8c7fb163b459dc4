//! The customer barcode against the examples of Japan Post's manual (郵便番号・バーコードマニュアル).

use rules::RuleError;
use rules::barcode::{customer_barcode, display_number};

/// 住所表示番号 as the manual extracts them.
#[test]
fn numbers_of_the_manuals_examples() {
    let rows = [
        ("千葉県千葉市稲毛区緑町3丁目30-8 郵便ビル403号", "3-30-8-403"),
        ("秋田県大仙市堀見内 南田茂木 添60-1", "60-1"),
        ("東京都台東区台東5-6-3 ABCビル10F", "5-6-3-10"),
        ("北海道札幌市東区北六条東4丁目 郵便センター6号館", "4-6"),
        ("北海道札幌市東区北六条東8丁目 郵便センター10号館", "8-10"),
        ("山梨県韮崎市龍岡町下條南割 韮崎400", "400"),
        ("千葉県鎌ケ谷市右京塚 東3丁目-20-5 郵便・A&bコーポB604号", "3-20-5B604"),
        ("東京都青梅市河辺町十一丁目六番地一号 郵便タワー601", "11-6-1-601"),
        ("岩手県宮古市大字津軽石第二十一地割大淵川480", "21-480"),
        ("大阪府堺市堺区中田出井町四丁六番十九号", "4-6-19"),
        ("北海道帯広市稲田町南七線 西28", "7-28"),
        ("茨城県日立市宮田町6丁目7-14 ABCビル2F", "6-7-14-2"),
        ("兵庫県神戸市中央区港島中町9丁目7-6 郵便シティA棟1F1号", "9-7-6A1-1"),
        ("京都府綾部市青野町綾部6-7 LプラザB106", "6-7LB106"),
        ("北海道札幌市中央区南四条西29丁目1524-23 第2郵便ハウス501", "29-1524-23-2-501"),
        ("福井県福井市新田塚3丁目80-25 J1ビル2-B", "3-80-25J1-2B"),
    ];
    for (address, expected) in rows {
        assert_eq!(display_number(address), expected, "{address}");
    }
}

/// Town names that look like numbers, and forms clerks meet.
#[test]
fn town_names_are_not_numbers() {
    let rows = [
        ("東京都千代田区一番町5-3", "5-3"),
        ("東京都台東区三ノ輪1丁目2番3号", "1-2-3"),
        ("東京都港区麻布十番1-2-3", "1-2-3"),
        ("東京都港区麻布十番1\u{2212}2\u{2212}3", "1-2-3"),
        ("東京都北区赤羽五丁目六番-1", "5-6-1"),
        ("千葉県八千代市大和田新田三百十二の5", "312-5"),
        ("北海道札幌市中央区北1条西2丁目3", "2-3"),
        ("岩手県見本市A条1-2", "A1-2"),
        ("宮城県仙台市青葉区二日町1番2号", "1-2"),
        ("千葉県八千代市大和田新田312番地の5", "312-5"),
        ("東京都北区赤羽一丁目12番3-405号", "1-12-3-405"),
        ("東京都北区赤羽1丁目2番3号", "1-2-3"),
        ("東京都新宿区西新宿二丁目8番1号 abc棟", "2-8-1"),
        ("長野県松本市", ""),
        ("", ""),
    ];
    for (address, expected) in rows {
        assert_eq!(display_number(address), expected, "{address}");
    }
}

/// Sum by hand: 16 + 51 + 3 × 14 = 109, and 109 + 5 is divisible by 19.
#[test]
fn a_whole_barcode_by_hand() {
    let code = customer_barcode("263-0023", "千葉県千葉市稲毛区緑町3丁目30-8 郵便ビル403号").unwrap();
    assert_eq!(code.digits, "26300233-30-8-403");
    assert_eq!(code.check, "5");
    let expected = concat!(
        "13", "132", "321", "312", "144", "144", "132", "312", // 2630023
        "312", "414", "312", "144", "414", "231", "414", "123", "144", "312", // 3-30-8-403
        "432", "432", "432", "141", "31",
    );
    assert_eq!(code.bars, expected);
}

/// A–J = CC1, K–T = CC2, U–Z = CC3, each with a digit; a letter cut at the 13th place keeps its control code.
#[test]
fn letters_take_two_characters() {
    let code = customer_barcode("273-0102", "右京塚 東3丁目-20-5 B604号").unwrap();
    assert_eq!(code.digits, "27301023-20-5B604");
    // 3-20-5 (6), B (2), 604 (3) leave two to fill.
    assert_eq!(
        &code.bars[23..56 + 6],
        concat!("312", "414", "132", "144", "414", "141", "324", "114", "321", "144", "123", "432", "432")
    );
    let cut = customer_barcode("1150045", "11-22-33-44-5Z").unwrap();
    assert_eq!(
        &cut.bars[23..62],
        concat!("114", "114", "414", "132", "132", "414", "312", "312", "414", "123", "123", "414", "141")
    );
    let half = customer_barcode("1150045", "11-22-33-445Z").unwrap();
    assert_eq!(&half.bars[59..62], "234", "the 13th place holds CC3 alone");
    for (letter, bars) in
        [("K", "342144"), ("T", "342411"), ("U", "234144"), ("Z", "234141"), ("J", "324411")]
    {
        let code = customer_barcode("1150045", letter).unwrap();
        assert_eq!(&code.bars[23..29], bars, "{letter}");
    }
}

/// Every barcode has 67 bars, begins and ends as it must, and its check sum is divisible by 19.
#[test]
fn check_sums_are_divisible_by_nineteen() {
    const BARS: [&str; 19] = [
        "144", "114", "132", "312", "123", "141", "321", "213", "231", "411", "414", "324", "342", "234",
        "432", "243", "423", "441", "111",
    ];
    let mut checks = std::collections::BTreeSet::new();
    for n in 0..2000_u32 {
        let postal = format!("{:05}{:02}", n * 37 % 100_000, 1 + n % 98);
        let address = format!(
            "赤羽{}丁目{}番{}号 {}棟{}",
            n % 12,
            n % 45,
            n % 23,
            char::from(b'A' + (n % 26) as u8),
            n
        );
        let code = customer_barcode(&postal, &address).unwrap();
        assert_eq!(code.bars.len(), 67);
        assert!(code.bars.starts_with("13") && code.bars.ends_with("31"));
        let values: Vec<usize> = code.bars.as_bytes()[2..65]
            .chunks(3)
            .map(|bars| BARS.iter().position(|known| known.as_bytes() == bars).unwrap())
            .collect();
        assert_eq!(values.len(), 21);
        assert_eq!(values.iter().sum::<usize>() % 19, 0);
        checks.insert(code.check);
    }
    assert_eq!(checks.len(), 19, "every check character occurs: {checks:?}");
}

/// Postal codes that give no barcode.
#[test]
fn refused_postal_codes() {
    for wrong in ["", "115004", "11500455", "115-004A", "1-15-0045", "郵便番号"] {
        assert!(matches!(customer_barcode(wrong, "1"), Err(RuleError::PostalCode { .. })), "{wrong}");
    }
    assert!(matches!(customer_barcode("115-0000", "1"), Err(RuleError::RepresentativePostalCode { .. })));
    assert!(customer_barcode("〒115−0045", "1").is_ok());
}
