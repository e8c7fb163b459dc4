//! Kanji that registers write in several shapes for one name. The first of each group is the key.

/// One group a name character: the everyday shape first, the others after it.
#[rustfmt::skip]
const GROUPS: &[&str] = &[
    "辺邊邉", "高髙", "崎﨑嵜碕埼㟢", "沢澤泽", "斉斎齊齋", "浜濱濵", "広廣",
    "桜櫻", "吉𠮷", "国國圀囯", "島嶋嶌㠀", "徳德", "瀬瀨", "恵惠", "栄榮",
    "会會", "学學斈", "竜龍", "滝瀧", "関關", "塩鹽", "真眞", "静靜", "寿壽",
    "富冨", "峰峯", "薮藪籔", "柳栁桺", "館舘", "秋穐", "蛍螢", "芦蘆",
    "鉄鐵", "円圓", "黒黑", "緑綠", "歩步", "礼禮", "与與", "万萬", "台臺",
    "当當", "仏佛", "仮假", "伝傳", "価價", "両兩", "乗乘", "亀龜", "亜亞",
    "争爭", "予豫", "弁辯辨瓣", "氷冰", "児兒", "党黨", "内內", "写寫",
    "処處", "剣劍劔剱釼", "剤劑", "労勞", "効效", "勅敕", "勲勳勛", "区區",
    "医醫", "単單", "厳嚴", "参參", "収收", "双雙", "叙敍敘", "号號", "営營",
    "囲圍", "図圖", "団團", "圧壓", "堕墮", "塁壘", "増增", "壌壤", "壱壹",
    "声聲", "変變", "奥奧", "奨奬獎", "嬢孃", "宝寶寳", "実實", "寛寬",
    "専專", "将將", "尭堯", "届屆", "属屬", "岳嶽", "峡峽", "巌巖", "帯帶",
    "庁廳", "弐貳", "弥彌", "弾彈", "従從", "応應", "恋戀", "恒恆", "悪惡",
    "惣揔", "慎愼", "憩憇", "懐懷", "戦戰", "戯戲", "戸戶", "払拂", "抜拔",
    "択擇", "担擔", "拝拜", "拠據", "挙擧", "挟挾", "捜搜", "揺搖", "摂攝",
    "数數", "断斷", "旧舊", "昼晝", "晃晄", "晩晚", "暁曉", "曽曾", "条條",
    "来來", "枢樞", "検檢", "楼樓", "楽樂", "概槪", "様樣", "槙槇", "権權",
    "横橫", "欧歐", "歓歡", "歯齒", "歴歷", "残殘", "毎每", "気氣", "沖冲",
    "浅淺", "渓溪", "満滿", "溌潑", "潜潛", "灯燈", "炉爐", "点點", "為爲",
    "焼燒", "犠犧", "状狀", "独獨", "狭狹", "献獻", "猪豬", "瑶瑤", "画畫",
    "畳疊", "発發", "県縣", "秘祕", "称稱", "稲稻", "穂穗", "穏穩", "穣穰",
    "竃竈", "粋粹", "糸絲", "経經", "絵繪", "継繼", "続續", "総總", "縁緣",
    "縄繩", "缶罐", "翻飜", "聡聰", "脇𦚰脅", "脳腦", "臓臟", "舗舖", "芸藝",
    "茎莖", "荘莊", "蔵藏", "薫薰", "薬藥", "虎乕", "虫蟲", "蚕蠶", "蛮蠻",
    "衛衞", "装裝", "褒襃", "覇霸", "覚覺", "覧覽", "観觀", "触觸", "訳譯",
    "証證", "諌諫", "謡謠", "譲讓", "豊豐", "頼賴", "転轉", "軽輕", "辞辭",
    "逓遞", "遥遙", "遅遲", "郎郞", "郷鄕鄉", "酔醉", "釈釋", "野埜", "銭錢",
    "鋳鑄", "錬鍊", "録錄", "鎌鐮", "鎖鎻", "鎮鎭", "長镸", "閲閱", "闘鬪",
    "陥陷", "険險", "随隨", "雑雜", "霊靈", "青靑", "頬頰", "顔顏", "顕顯",
    "駅驛", "駆驅", "騒騷", "験驗", "髪髮", "鴎鷗", "鶏鷄雞", "麦麥", "黄黃",
    "默黙", "門门", "梁樑", "桑桒", "柏栢", "檜桧", "杉椙", "松枩", "船舩",
    "藤籐", "昴昂", "土圡", "角⻆", "祇祗", "ケヶ", "カヵ",
];

/// The everyday shape of a name character; itself where it has only one.
pub fn fold(c: char) -> char {
    // Compatibility ideographs are already gone by NFKC; what is left differs in code point.
    table().binary_search_by_key(&c, |(from, _)| *from).map_or(c, |at| table()[at].1)
}

fn table() -> &'static [(char, char)] {
    static TABLE: std::sync::LazyLock<Vec<(char, char)>> = std::sync::LazyLock::new(|| {
        let mut pairs: Vec<(char, char)> = Vec::new();
        for group in GROUPS {
            let mut shapes = group.chars();
            let Some(first) = shapes.next() else { continue };
            pairs.extend(shapes.filter(|shape| *shape != first).map(|shape| (shape, first)));
        }
        pairs.sort_unstable();
        pairs.dedup_by_key(|(from, _)| *from);
        pairs
    });
    &TABLE
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A key that is itself folded further would make keys depend on the order of folding.
    #[test]
    fn no_key_is_a_variant_of_another() {
        for (from, to) in table() {
            assert_eq!(fold(*to), *to, "{from} -> {to}");
        }
    }

    /// One shape belongs to one group only.
    #[test]
    fn shapes_are_listed_once() {
        let mut seen = std::collections::HashMap::new();
        for group in GROUPS {
            let first = group.chars().next().unwrap_or_default();
            for shape in group.chars().skip(1).filter(|shape| *shape != first) {
                let other = seen.insert(shape, first);
                assert!(other.is_none_or(|other| other == first), "{shape}: {other:?} and {first}");
            }
        }
    }
}
