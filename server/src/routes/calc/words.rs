//! From the rules' answer to what a clerk says on the telephone.

use crate::office::Rulebook;
use app::components::Source;
use app::pages::calc::CalcAnswer;
use rules::calc::{
    Answer, CardValidityAnswer, OpenDayAnswer, PinAnswer, Question, RenewalPeriodAnswer, ValidityAnswer,
    ValidityAsked, WarekiAnswer, answer as ask,
};
use rules::calendar::{Hours, span};
use rules::kinds::PinKind;
use rules::procedure::{Decision, Reason, Route};
use rules::validity::ExpiryBasis;
use rules::{NaiveDate, period, sources, wareki};

/// The answer in words.
pub fn answer(question: &Question, answer: Answer, rulebook: &Rulebook) -> CalcAnswer {
    match (question, answer) {
        (Question::RenewalPeriod(asked), Answer::RenewalPeriod(found)) => {
            renewal_period(&found, asked.abroad, rulebook)
        }
        (Question::Validity(asked), Answer::Validity(found)) => validity(asked, &found, rulebook),
        (Question::OpenDay(asked), Answer::OpenDay(found)) => open_day(asked.date, &found, rulebook),
        (Question::Pin(asked), Answer::Pin(found)) => pin(asked.kind, found),
        (_, Answer::CardValidity(found)) => card_validity(&found),
        (_, Answer::Procedure(found)) => procedure(&found),
        (_, Answer::Wareki(found)) => in_both_calendars(&found),
        (_, Answer::CustomerBarcode(found)) => CalcAnswer {
            sentence: "このカスタマバーコードになります。".to_owned(),
            lines: vec![
                ("郵便番号と住所表示番号".to_owned(), found.digits),
                ("チェックデジット".to_owned(), found.check),
                ("バー(1長い 2上 3下 4短い)".to_owned(), found.bars.clone()),
            ],
            bars: found.bars,
            source: Source::from("日本郵便「郵便番号・バーコードマニュアル」"),
            ..CalcAnswer::default()
        },
        // The rules answer each question in its own kind.
        _ => CalcAnswer::default(),
    }
}

fn line(name: &str, value: impl Into<String>) -> (String, String) {
    (name.to_owned(), value.into())
}

/// Both calendars, for dates that are told on the telephone.
fn both(day: NaiveDate) -> String {
    format!("{}({})", wareki::long_weekday(day), day.format("%Y-%m-%d"))
}

fn spans(hours: &[Hours]) -> String {
    hours.iter().copied().map(span).collect::<Vec<_>>().join("、")
}

fn renewal_period(found: &RenewalPeriodAnswer, abroad: bool, rulebook: &Rulebook) -> CalcAnswer {
    let open = |day: Option<NaiveDate>| {
        day.map_or_else(|| "期間の中に手続きができる日はありません".to_owned(), both)
    };
    let settings = &rulebook.settings;
    CalcAnswer {
        sentence: format!(
            "{}から{}まで更新できます。",
            wareki::long_weekday(found.from),
            wareki::long_weekday(found.until)
        ),
        lines: vec![
            line("最初の受付日", open(found.first_open_day)),
            line("最終受付可能日", open(found.last_open_day)),
        ],
        tell: vec![
            settings.expiry_sentence(true).to_owned(),
            settings.online_sentence().to_owned(),
            settings.insurance_sentence(found.until),
        ],
        source: Source::from(if abroad { sources::SETAGAYA } else { sources::NERIMA }),
        ..CalcAnswer::default()
    }
}

fn validity(asked: &ValidityAsked, found: &ValidityAnswer, rulebook: &Rulebook) -> CalcAnswer {
    let mut sentence = format!("{}まで有効です。", wareki::long_weekday(found.expiry));
    if let Some((from, later)) = by_waiting(asked, found, rulebook) {
        sentence = format!(
            "{sentence}更新期間より前の手続きのため、有効期間が短くなります。{}から手続きすれば{}まで有効です。",
            wareki::long(from),
            wareki::long(later)
        );
    }
    let renewal = found.basis == ExpiryBasis::SixthBirthday
        || asked.current_expiry.is_some_and(|current| asked.issued <= current);
    let settings = &rulebook.settings;
    CalcAnswer {
        sentence,
        lines: vec![
            line("証明書", asked.kind.label()),
            line("満了日", both(found.expiry)),
            line("決め手", found.basis.label()),
        ],
        tell: vec![
            settings.expiry_sentence(renewal).to_owned(),
            settings.convenience_store_sentence(renewal).to_owned(),
        ],
        source: Source::from(sources::ORDINANCE),
        ..CalcAnswer::default()
    }
}

/// The first day of the renewal period and what the certificate would last then, where waiting gains something.
fn by_waiting(
    asked: &ValidityAsked,
    found: &ValidityAnswer,
    rulebook: &Rulebook,
) -> Option<(NaiveDate, NaiveDate)> {
    let from = period::first_day(asked.current_expiry.filter(|_| found.shortened)?, asked.abroad);
    let later = Question::Validity(ValidityAsked { issued: from, ..asked.clone() });
    match ask(&later, &rulebook.settings, &rulebook.calendar) {
        Ok(Answer::Validity(later)) if later.expiry > found.expiry => Some((from, later.expiry)),
        _ => None,
    }
}

fn card_validity(found: &CardValidityAnswer) -> CalcAnswer {
    CalcAnswer {
        sentence: format!("カードは{}まで有効です。", wareki::long_weekday(found.expiry)),
        lines: vec![line("有効期限", both(found.expiry))],
        source: Source::from("松戸市・米子市・宇城市(年齢は申請書の受付日で数えます)、川崎市(在留期間)"),
        ..CalcAnswer::default()
    }
}

fn open_day(date: NaiveDate, day: &OpenDayAnswer, rulebook: &Rulebook) -> CalcAnswer {
    let shown = wareki::long_weekday(date);
    let reason = day.reason.as_deref().unwrap_or_default().trim_end_matches('。');
    let reason = if reason.is_empty() { String::new() } else { format!("({reason})") };
    let sentence = match (day.open, day.card_work) {
        (true, true) => format!("{shown}は開いています{reason}。"),
        (true, false) => format!("{shown}は開いていますが、電子証明書の手続きはできません{reason}。"),
        (false, _) => format!("{shown}は閉まっています{reason}。"),
    };
    let mut lines = Vec::new();
    if day.open {
        lines.push(line("受付時間", spans(&day.hours)));
        let card_work = rulebook.calendar.card_work_hours(date);
        let hours = if card_work.is_empty() { "なし".to_owned() } else { spans(&card_work) };
        lines.push(line("電子証明書の手続き", hours));
    }
    lines.extend(day.next_open.map(|next| line("次に開く日", both(next))));
    lines.extend(day.previous_open.map(|previous| line("その前に開いている日", both(previous))));
    CalcAnswer { sentence, lines, ..CalcAnswer::default() }
}

fn in_both_calendars(found: &WarekiAnswer) -> CalcAnswer {
    CalcAnswer {
        sentence: format!("{}です。", wareki::long_weekday(found.date)),
        lines: vec![
            line("和暦", found.long.clone()),
            line("短い和暦", found.short.clone()),
            line("西暦", found.date.format("%Y-%m-%d").to_string()),
        ],
        ..CalcAnswer::default()
    }
}

fn pin(kind: PinKind, found: PinAnswer) -> CalcAnswer {
    let name = kind.label();
    let sentence = match (found.ok, found.reason, found.warning) {
        (false, reason, _) => format!("{name}には使えません。{}", reason.unwrap_or_default()),
        (true, _, Some(warning)) => format!("{name}に使えます。ただし、{warning}"),
        (true, _, None) => format!("{name}に使えます。"),
    };
    CalcAnswer { sentence, source: Source::from(sources::NATORI), ..CalcAnswer::default() }
}

fn procedure(found: &Decision) -> CalcAnswer {
    let name = found.procedure.label();
    let sentence = match found.route {
        Route::OneVisit | Route::TwoVisits => format!("「{name}」の手続きで、{}です。", found.route.label()),
        Route::Refused => format!("「{name}」として受け付けられません。"),
        Route::Diverted => format!("「{name}」をご案内します。"),
    };
    let mut lines = Vec::new();
    for planned in &found.certificates {
        let value = format!("{}({})", both(planned.new_expiry), planned.basis.label());
        lines.push((format!("{}の新しい満了日", planned.kind.label()), value));
    }
    let pins = |pins: &[PinKind]| pins.iter().map(|pin| pin.label()).collect::<Vec<_>>().join("、");
    if !found.pins_needed.is_empty() {
        lines.push(line("入力する暗証番号", pins(&found.pins_needed)));
    }
    if !found.pins_to_reset.is_empty() {
        lines.push(line("再設定する暗証番号", pins(&found.pins_to_reset)));
    }
    if found.fee > 0 {
        lines.push(line("手数料", format!("{}円", found.fee)));
    }
    let missing = found
        .missing
        .iter()
        .map(|missing| (missing.sentence.clone(), Source::from(missing.source.as_str())))
        .collect();
    let lists = [
        ("足りないもの", missing),
        ("理由", sourced(&found.reasons)),
        ("注意", sourced(&found.warnings)),
        ("持ち物", sourced(&found.bring)),
    ];
    CalcAnswer {
        sentence,
        lines,
        lists: lists
            .into_iter()
            .filter(|(_, items)| !items.is_empty())
            .map(|(title, items)| (title.to_owned(), items))
            .collect(),
        ..CalcAnswer::default()
    }
}

fn sourced(reasons: &[Reason]) -> Vec<(String, Source)> {
    reasons.iter().map(|reason| (reason.sentence.clone(), Source::from(reason.source.as_str()))).collect()
}
