//! The public pages the rules rest on, named as a clerk may look them up.

macro_rules! sources {
    ($($(#[$meta:meta])* $name:ident = $text:literal;)+) => {
        $($(#[$meta])* pub const $name: &str = $text;)+

        /// Every source named by a rule.
        pub const ALL: &[&str] = &[$($name,)+];
    };
}

sources! {
    /// Validity: text of the ordinance.
    ORDINANCE = "公的個人認証法施行規則(東村山市「公的個人認証サービス(電子証明書)の有効期間は。」2018年)";
    /// Only the mayor of the place of registration issues.
    LAW_3 = "公的個人認証法3条、志賀町";
    /// First day of the renewal period.
    NERIMA = "練馬区「電子証明書の更新手続きについて」2023年11月6日";
    /// One year lost; last day.
    EDOGAWA = "江戸川区「電子証明書の更新・発行」2024年4月1日";
    /// Abroad: one year.
    SETAGAYA = "世田谷区「電子証明書の更新」2024年3月26日";
    /// Six birthdays; old certificate lapses at once.
    UJI = "宇治市「公的個人認証サービスの電子証明書更新の手続きについて」2023年12月20日";
    /// Same last day as the card.
    KANAZAWA = "金沢市「電子証明書の更新(有効期限到来)について」";
    /// Issue after expiry is free and possible any time.
    JPKI = "公的個人認証サービス ポータルサイト(jpki.go.jp)";
    /// Card ends in the same window.
    MINOH = "箕面市";
    /// PIN formats.
    NATORI = "名取市(2024年1月10日)";
    /// PIN tries.
    TOYOKAWA_PIN = "豊川市「暗証番号の再設定」2022年3月29日";
    /// Weak PINs are advised against, not refused.
    KURAYOSHI = "倉吉市(2023年7月3日)";
    /// Tries are not reset by the date.
    KAMINOYAMA = "上山市";
    /// PINs are not kept; who has none.
    TAGAJO = "多賀城市(2023年6月14日)";
    /// PINs needed at a renewal.
    TSURUGASHIMA = "鶴ヶ島市、横浜市「任意代理人が来庁し電子証明書を更新する場合は」2023年1月10日";
    /// Reset or change.
    NIIGATA = "新潟市FAQ";
    /// Face-only cards: no PIN, authentication only.
    KITAKATA = "喜多方市(2024年1月11日)";
    /// Face-only cards: switching.
    ASHIKAGA_FACE = "足利市";
    /// No signature certificate for minors under 15 and wards.
    SETAGAYA_ISSUE = "世田谷区(2024年2月1日)、杉並区「電子証明書」2025年2月19日";
    /// With principal and representative both present.
    MATSUYAMA = "松山市(2025年2月7日)";
    /// Flat refusal.
    FUJIMINO = "ふじみ野市、加西市、平塚市(2025年1月16日)";
    /// Ask first.
    ITAMI = "伊丹市(2024年11月28日)";
    /// Authentication certificate of minors and wards: by the representative.
    SHIMOGO = "下郷町、福知山市、愛川町(2023年3月1日)";
    /// Who is a legal representative.
    SAKATA = "酒田市(2021年)、福島市";
    /// Curators with a list of powers; closed-day roll-over.
    HIGASHIMATSUYAMA = "東松山市";
    /// Age of proofs.
    AGEO = "上尾市、富士宮市、波佐見町、東松山市";
    /// Representative alone, proxy same day.
    SAKURAGAWA = "桜川市「電子証明書の更新について」";
    /// After moving abroad only the principal.
    TOMIGUSUKU = "豊見城市「国外継続利用時の電子証明書の発行手続きについて」2024年8月5日";
    /// Proxy with the notice's form: sealed.
    OMURA = "大村市「電子証明書の更新」";
    /// Form ends with the certificate.
    MIHARA = "三原市「電子証明書の更新手続き」2023年9月8日";
    /// Blank or unsealed.
    MATSUDO = "松戸市(2022年4月15日)";
    /// Two visits after expiry.
    MEBUKU = "前橋めぶくFAQ、大江町";
    /// Same papers after expiry as at renewal.
    KURE = "呉市";
    /// 照会書 by post to the registered address.
    KUNITACHI = "国立市";
    /// 委任状 at visit 1; proofs at a reset.
    OSAKASAYAMA = "大阪狭山市、富士宮市";
    /// Proxy with photo only.
    KASAI = "加西市、大村市、酒田市";
    /// Proxy with two documents without photo.
    KASAOKA = "笠岡市、大江町、国立市";
    /// A proxy's first contact by visit or telephone.
    KASAOKA_PHONE = "横浜市・世田谷区(窓口)、加西市・笠岡市・志賀町・筑北村・松山市(電話も可)";
    /// Household member with a residence change.
    KOBE = "神戸市「住所変更に伴う電子証明書の代理手続き(同一世帯人が来庁する場合)」2024年8月9日、いちき串木野市";
    /// Household member as if the principal.
    FUJINOMIYA = "富士宮市";
    /// Identity documents.
    NICHINAN = "日南市、番号法施行規則1条、名古屋市FAQ";
    /// Photo certificates; data must agree.
    SHIBUSHI = "志布志市";
    /// Paper insurance cards ended.
    INSURANCE_CARDS = "2024年12月2日以降、健康保険証の新規発行なし(三重県)";
    /// Extra document at the principal's reset.
    KIKUCHI = "菊池市、上尾市、国立市";
    /// No extra document.
    HIRATSUKA = "平塚市、鹿嶋市";
    /// Revocation causes.
    SUGINAMI = "杉並区「電子証明書」2025年2月19日、鴻巣市、池田町(2022年3月10日)";
    /// Signature revoked the day after a move.
    ICHIKIKUSHIKINO = "いちき串木野市";
    /// Stop, found again.
    KATSURAGI = "葛城市(2022年12月12日)、八代市";
    /// Limited stay: extension before the card's end.
    SAKURA = "佐倉市";
    /// Not noticed by J-LIS.
    TOYOKAWA = "豊川市(2024年7月1日)、練馬区、呉市、うるま市";
    /// Support measures.
    SUPPORT = "総務省「居所情報登録」、住民記録システム標準仕様書4.0(抑止設定)";
    /// No renewal while the national system is down.
    NONOICHI = "野々市市、高槻市";
    /// The last day on the card's face.
    NONOICHI_FACE = "野々市市、志賀町、藤井寺市(2025年11月6日)";
    /// No entry on the card's face.
    SHIMONOSEKI = "下関市";
    /// Monthly maintenance.
    ASHIKAGA = "足利市、吉川市、那珂市";
    /// The office's own setting.
    OFFICE = "当庁の設定";
}
