//! The made-up ward: 訓練市みほん区. No such place exists, and no postal code of Japan begins with 000.

use rand::Rng;
use rand::rngs::StdRng;

/// City and ward, as every address begins.
pub const WARD: &str = "訓練市みほん区";
/// The five digits of the made-up municipality.
pub const MUNICIPALITY: &str = "13999";

/// Towns with their postal codes and how many 丁目 they have.
const TOWNS: &[(&str, &str, u32)] = &[
    ("本町", "0000001", 5),
    ("青葉台", "0000011", 7),
    ("みどり坂", "0000012", 4),
    ("若葉町", "0000013", 3),
    ("桜木", "0000014", 6),
    ("中央", "0000021", 3),
    ("東雲台", "0000022", 2),
    ("大和田", "0000023", 8),
    ("三条通", "0000024", 5),
    ("西が丘", "0000031", 4),
    ("南平", "0000032", 9),
    ("北の森", "0000033", 2),
    ("川端町", "0000041", 3),
    ("港新町", "0000042", 4),
    ("元町", "0000043", 5),
    ("花見小路", "0000044", 3),
];

/// Houses of flats; the long ones don't fit on one line of a letter.
const BUILDINGS: &[&str] = &[
    "みほんハイツ",
    "コーポ若葉",
    "第2桜木マンション",
    "グランドメゾン青葉台",
    "市営大和田住宅3号棟",
    "メゾン・ド・ミドリザカ",
    "パークサイドレジデンス訓練中央ウエストウイング",
    "ザ・タワーズ・オブ・ミホン・ベイフロント・セントラルスクエア イーストレジデンス",
    "特別養護老人ホームみほんの里(南館)",
    "訓練大学国際学生宿舎 Global Village みほん B棟",
];

/// Somewhere to live: postal code, address, 方書.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Seven digits.
    pub postal_code: &'static str,
    /// 住所.
    pub address: String,
    /// 方書.
    pub building: Option<String>,
}

/// A place in the ward, by chance.
pub fn place(rng: &mut StdRng) -> Place {
    let (town, postal_code, districts) = TOWNS[rng.random_range(0..TOWNS.len())];
    let district = KANJI[rng.random_range(0..districts) as usize];
    let block = rng.random_range(1..40);
    let number = rng.random_range(1..30);
    let address = match rng.random_range(0..10) {
        0 => format!("{WARD}{town}{district}丁目{block}番地の{number}"),
        1 => format!("{WARD}{town}{district}丁目{block}番地"),
        _ => format!("{WARD}{town}{district}丁目{block}番{number}号"),
    };
    Place { postal_code, address, building: building(rng) }
}

/// Where somebody moves who leaves the ward.
pub fn elsewhere(rng: &mut StdRng) -> Place {
    let number = rng.random_range(1..900);
    let address = format!("架空県となり市大字見本{number}番地");
    Place { postal_code: "0000901", address, building: None }
}

fn building(rng: &mut StdRng) -> Option<String> {
    if rng.random_bool(0.45) {
        return None;
    }
    let name = BUILDINGS[rng.random_range(0..BUILDINGS.len())];
    let (floor, door) = (rng.random_range(1..15), rng.random_range(1..12));
    Some(match rng.random_range(0..12) {
        0 => format!("{name}{floor}{door:02}号室 （田中方）"),
        1 => format!("{name}{floor}階"),
        _ => format!("{name}{floor}{door:02}"),
    })
}

const KANJI: &[&str] = &["一", "二", "三", "四", "五", "六", "七", "八", "九"];
