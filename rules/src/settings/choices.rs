//! The answers an office can give where municipalities disagree.

code_enum! {
    /// How paper explains the new last day (item 2: 5回目 or 6回目の誕生日).
    ExpiryWording {
        /// Six birthdays at a renewal, five at an issuance (宇治市, 新見市).
        ByMoment = "by_moment" "更新は6回目、発行は5回目の誕生日と書き分ける",
        /// 金沢市: the same day as the card.
        SameAsCard = "same_as_card" "更新後はカードの有効期限と同じ日と書く",
    }
}
code_enum! {
    /// Whether the prediction caps the signature certificate by the authentication certificate (item 3).
    SignatureCap {
        /// The ordinance (阿見町, 鶴ヶ島市, 足立区, 川崎市).
        ByAuthentication = "by_authentication" "利用者証明用の有効期限を上限にする",
        /// As pages that omit it (湖南市, 大口町, 愛川町).
        NotApplied = "not_applied" "利用者証明用を上限にしない",
    }
}
code_enum! {
    /// Signature certificate for under-15s and adult wards (item 4).
    SignatureForRestricted {
        /// ふじみ野市, 加西市, 平塚市; a supervisor may still override with a reason.
        Never = "never" "発行しない(責任者の判断があれば別)",
        /// 松山市.
        BothPresent = "both_present" "本人と法定代理人がそろって来庁すれば発行する",
        /// 伊丹市.
        AskFirst = "ask_first" "事前の問い合わせがあれば発行する",
    }
}
code_enum! {
    /// May a legal representative come without the principal (item 5).
    RepresentativeVisit {
        /// 桜川市, 尾花沢市, 八代市.
        Alone = "alone" "法定代理人だけで手続きできる",
        /// 江戸川区.
        WithPrincipal = "with_principal" "本人の同行が必要",
    }
}
code_enum! {
    /// How a proxy's request begins (item 6).
    FirstProxyContact {
        /// 横浜市, 世田谷区.
        Visit = "visit" "窓口で受け付ける",
        /// 加西市, 笠岡市, 志賀町, 筑北村, 松山市.
        PhoneToo = "phone_too" "窓口のほか電話でも受け付ける",
    }
}
code_enum! {
    /// 委任状 at a proxy's first visit (item 7).
    Delegation {
        /// 国立市.
        NotNeeded = "not_needed" "1回目の来庁では求めない",
        /// 大阪狭山市, 富士宮市.
        Needed = "needed" "1回目の来庁で求める",
    }
}
code_enum! {
    /// A proxy's own documents (item 8).
    ProxyIdentity {
        /// 加西市, 大村市, 酒田市.
        PhotoOnly = "photo_only" "顔写真付き書類(A)1点",
        /// 笠岡市, 大江町, 国立市.
        TwoWithoutPhoto = "two_without_photo" "顔写真付き1点、または写真のない書類(B)2点",
    }
}
code_enum! {
    /// A legal representative's own documents (item 8).
    RepresentativeIdentity {
        /// 太宰府市, 桜川市, 八代市.
        OnePhoto = "one_photo" "顔写真付き書類(A)1点",
        /// 大阪狭山市, 菊池市, 国立市, 日南市, at a PIN reset.
        TwoAtReset = "two_at_reset" "暗証番号の再設定ではA2点、またはA1点とB1点",
    }
}
code_enum! {
    /// What the principal shows beside the card at a PIN reset (item 9).
    ResetIdentity {
        /// 平塚市, 鹿嶋市.
        CardOnly = "card_only" "カードだけでよい",
        /// 菊池市, 上尾市, 国立市 and most others.
        OneMore = "one_more" "カードのほかにAまたはB1点",
        /// 豊川市.
        OneMoreIfOutdated = "one_more_if_outdated" "券面の記載が最新でないときだけAまたはB1点",
        /// 吉川市.
        OralIfNone = "oral_if_none" "AまたはB1点、なければ聞き取りで確認",
    }
}
code_enum! {
    /// A proxy when the certificate has expired (item 10).
    ExpiredWithProxy {
        /// 前橋市, 大江町, 三原市.
        TwoVisits = "two_visits" "文書照会(2回来庁)",
        /// 呉市.
        AsRenewal = "as_renewal" "有効期限内と同じ書類で受け付ける",
    }
}
code_enum! {
    /// A household member with a residence change on the same day (item 11).
    HouseholdSameDay {
        /// 神戸市, いちき串木野市, 志免町, 豊見城市.
        Allowed = "allowed" "異動の届出と同時なら即日で受け付ける",
        /// The older rule.
        NotAllowed = "not_allowed" "任意代理人と同じ扱いにする",
    }
}
code_enum! {
    /// A household member at a PIN reset (item 12).
    HouseholdReset {
        /// Everywhere else.
        AsProxy = "as_proxy" "任意代理人と同じ扱いにする",
        /// 富士宮市 only.
        AsPrincipal = "as_principal" "本人と同じ扱いにする",
    }
}
code_enum! {
    /// How the end of the health-insurance grace is told (item 13).
    InsuranceGrace {
        /// No date that a neighbour would tell otherwise.
        NoDate = "no_date" "「満了後3か月」とだけ案内する",
        /// 東京土建: 2025-11-10 → 2026-02-10.
        CalendarDay = "calendar_day" "3か月後の同じ日と案内する",
        /// 多摩市: the end of the third month after.
        MonthEnd = "month_end" "3か月後の月末と案内する",
    }
}
code_enum! {
    /// When convenience stores accept the card again (item 14).
    ConvenienceStore {
        /// 前橋市, renewals inside the period.
        OneHour = "one_hour" "約1時間後",
        /// 鎌倉市, 朝霞市.
        OneDay = "one_day" "24時間後",
        /// 平塚市.
        NextDay = "next_day" "翌日",
    }
}
code_enum! {
    /// The certificate's expiry on the card's face (item 15).
    CardFaceExpiry {
        /// 藤井寺市: optional.
        OnRequest = "on_request" "希望する方に記入する",
        /// 野々市市, 志賀町.
        Written = "written" "職員が記入する",
        /// 下関市.
        NotWritten = "not_written" "原則として記入しない",
    }
}
code_enum! {
    /// How long before expiry the office's notices go out (item 16).
    #[expect(clippy::enum_variant_names, reason = "every choice is a number of months")]
    NoticeTiming {
        /// 越谷市.
        ThreeMonths = "three_months" "満了のおよそ3か月前",
        /// 田子町.
        TwoAndHalfMonths = "two_and_half_months" "満了のおよそ2か月半前",
        /// 足立区, 呉市.
        TwoMonths = "two_months" "満了のおよそ2か月前",
    }
}
code_enum! {
    /// The fiscal year for which staffing expects the most renewals (item 19).
    RenewalPeak {
        /// デジタル庁's figures: 27.8 million.
        Fiscal2025 = "fiscal_2025" "令和7年度",
        /// About 30 million by another count.
        Fiscal2026 = "fiscal_2026" "令和8年度",
        /// The peak by that count.
        Fiscal2027 = "fiscal_2027" "令和9年度",
    }
}
code_enum! {
    /// What people are told about renewing by smartphone (item 20).
    OnlineRenewal {
        /// Every official page (藤井寺市).
        NotPossible = "not_possible" "できないと案内する",
        /// For the day it becomes possible.
        Possible = "possible" "できると案内する",
    }
}
code_enum! {
    /// Whom the office's notices go to.
    NoticesTo {
        /// Everyone whose certificate expires.
        Everyone = "everyone" "対象者全員",
        /// Those whom J-LIS leaves out (豊川市, うるま市).
        LeftOutByJlis = "left_out_by_jlis" "J-LISの通知が届かない方だけ",
    }
}
code_enum! {
    /// Whether people with a 居所登録 are written to at their registered address.
    NoticesElsewhere {
        /// 豊川市, うるま市: J-LIS leaves them out, so the office is the only one who writes.
        Send = "send" "住所地に送る",
        /// Somebody else may open the letter there.
        LeaveOut = "leave_out" "送らず、対象外の一覧に出す",
    }
}
code_enum! {
    /// Who may release the list of a campaign.
    NoticeRelease {
        /// Four eyes.
        SecondPerson = "second_person" "一覧を作った人とは別の人が承認する",
        /// One person is enough.
        Anyone = "anyone" "一覧を作った人も承認できる",
    }
}
code_enum! {
    /// A reply that comes after its deadline but before expiry. No municipality says.
    LateReply {
        /// Ask again.
        Refuse = "refuse" "受け付けず、再照会する",
        /// Take it while the certificate lasts.
        Accept = "accept" "電子証明書の有効期限内なら受け付ける",
    }
}
code_enum! {
    /// Whether statistics tell one clerk's work from another's. No municipality says; counting people is for the office
    /// to decide.
    ClerkStatistics {
        /// Nobody is counted.
        Hidden = "hidden" "職員別の数を出さない",
        /// For those who may see statistics.
        Shown = "shown" "職員別の数も出す",
    }
}
