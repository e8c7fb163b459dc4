//! A renewal from reception to the end, with its detours.

use super::{Text, day, frame, today};
use app::components::{
    Choice, FieldError, FormErrors, HistoryDay, HistoryEntry, Mark, Notice, ProgressLine, Source, StepItem,
    StepOutcome, StepStatus, Tone,
};
use app::pages::case::{
    ApplicationStep, CardBrief, CaseAction, CaseExit, CasePage, CaseStep, CertificateBrief,
    CertificateChange, CertificateNow, CertificateResult, ClosedStep, GuidanceStep, IdentityStep,
    InterruptedStep, OneYearShorter, PadState, PinRequest, PinState, PinsStep, PrintLink, ResidentBrief,
    ResultStep, UpdatePath, UpdateProgress, UpdateStep, render,
};
use app::pages::parts::{OnReader, Tries};
use rules::kinds::{CertificateKind, PinKind, Sex};

pub fn pages(text: &Text) -> Vec<(&'static str, String)> {
    let show = |step: CaseStep, at: usize| {
        let page = CasePage { steps: steps(text, at), step, ..page(text) };
        render(&frame(text, None), &page)
    };
    let wrong = CasePage {
        steps: steps(text, 2),
        step: CaseStep::Application(application(text, true)),
        errors: FormErrors(vec![FieldError {
            field: "consent".to_owned(),
            code: text.say("M-1205"),
            sentence: text.say("満了日が1年短くなることを来た人に伝え、確かめた印を付けてください。"),
        }]),
        ..page(text)
    };
    let stopped = CasePage {
        steps: halted(text),
        step: CaseStep::Interrupted(interrupted(text)),
        errors: FormErrors(vec![FieldError {
            field: "reason".to_owned(),
            code: text.say("M-1206"),
            sentence: text.say("取りやめる理由を書いてください。"),
        }]),
        exits: Vec::new(),
        ..page(text)
    };
    let mut pages = vec![
        ("case-identity", show(CaseStep::Identity(identity(text)), 1)),
        ("case-application", show(CaseStep::Application(application(text, false)), 2)),
        ("case-early", render(&frame(text, None), &wrong)),
        ("case-pins-ready", show(CaseStep::Pins(pins(PadState::Ready)), 3)),
        ("case-pins-waiting", show(CaseStep::Pins(pins(PadState::Entering)), 3)),
        ("case-pins-stopped", show(CaseStep::Pins(pins(PadState::Stopped)), 3)),
        ("case-update", show(CaseStep::Update(update(text, UpdatePath::Relay)), 4)),
        ("case-update-terminal", show(CaseStep::Update(update(text, UpdatePath::Terminal)), 4)),
        (
            "case-progress",
            show(CaseStep::Progress(UpdateProgress { lines: lines(text, false), percent: 45 }), 4),
        ),
        ("case-interrupted", render(&frame(text, None), &stopped)),
        ("case-result", show(CaseStep::Result(result(text, false)), 5)),
        ("case-result-differs", show(CaseStep::Result(result(text, true)), 5)),
        ("case-closed", show(CaseStep::Closed(closed(text)), 6)),
        ("case-guidance", show(CaseStep::Guidance(guidance(text)), 1)),
    ];
    pages.extend(super::proxies::steps(text).into_iter().map(|(name, step)| (name, show(step, 1))));
    pages
}

fn steps(text: &Text, current: usize) -> Vec<StepItem> {
    let results = [
        "14:05 佐藤",
        "個人番号カード",
        "申請を受けました",
        "3つ一致",
        "新しい証明書になりました",
        "予定どおり",
    ];
    ["受付", "本人確認", "申請内容の確認", "暗証番号の入力", "カードの更新", "結果の確認", "完了"]
        .iter()
        .enumerate()
        .map(|(index, title)| StepItem {
            title: text.say(title),
            status: match index.cmp(&current) {
                std::cmp::Ordering::Less => StepStatus::Done(text.say(results[index])),
                std::cmp::Ordering::Equal => StepStatus::Current,
                std::cmp::Ordering::Greater => StepStatus::Todo,
            },
        })
        .collect()
}

fn halted(text: &Text) -> Vec<StepItem> {
    let mut steps = steps(text, 4);
    steps[4].status = StepStatus::Halted(text.say("途中で止まりました"));
    steps[3].status = StepStatus::Skipped(text.say("顔認証カードのため不要"));
    steps
}

fn page(text: &Text) -> CasePage {
    CasePage {
        reception: "R8-000123".to_owned(),
        procedure: text.say("更新"),
        applicant: text.say("本人"),
        opened: text.say("11月20日 14:05 佐藤"),
        steps: Vec::new(),
        errors: FormErrors::default(),
        notices: vec![Notice {
            tone: Tone::Information,
            title: String::new(),
            sentence: text.say("通知書(第204号)を送った人です。"),
        }],
        step: CaseStep::Guidance(GuidanceStep::default()),
        resident: ResidentBrief {
            number: "1000234".to_owned(),
            name: text.say("渡󠄁邉 花子"),
            kana: text.say("ワタナベ ハナコ"),
            birth: day(1980, 12, 10),
            age: 45,
            sex: Sex::Female,
            address: text.say("見本区赤羽一丁目1番38号 赤羽第三住宅402号室"),
            flags: vec![text.say("居所登録")],
        },
        card: Some(CardBrief {
            card_number: text.say("H26A00012345678"),
            mark: Mark::Valid,
            expires: day(2031, 12, 10),
            certificates: CertificateKind::ALL
                .iter()
                .map(|&kind| CertificateBrief {
                    kind,
                    mark: Mark::InPeriod,
                    expires: Some(day(2026, 12, 10)),
                })
                .collect(),
            on_reader: OnReader::Same,
            origin: text.say("14:05にカードから読みました。"),
        }),
        papers: vec![print(text)],
        actions: vec![CaseAction {
            step: "interrupt".to_owned(),
            label: text.say("中断する"),
            means: text.say("カードには書き込まれません。"),
            fields: Vec::new(),
        }],
        history: vec![HistoryDay {
            date: today(),
            entries: vec![HistoryEntry {
                time: text.say("14:05"),
                sentence: text.say("更新を受け付けました。(佐藤)"),
                href: None,
            }],
        }],
        note: text.say("家族から電話あり"),
        exits: vec![CaseExit {
            action: "withdraw".to_owned(),
            label: text.say("この受付を取りやめる"),
            means: text.say("カードには何も書いていません。受付は取りやめとして残ります。"),
            needs_reason: true,
            reason: text.say("書類を忘れた"),
        }],
        version: 3,
        once: text.say("once-2"),
    }
}

fn identity(text: &Text) -> IdentityStep {
    let choice = |value: &str, label: &str| Choice::new(value, text.say(label));
    IdentityStep {
        sentence: text.say("カードの顔写真と来た人を見比べ、ほかの書類も確かめてください。"),
        documents_a: vec![
            Choice {
                detail: Some(text.say("写真と有効期限を見ます")),
                ..choice("my_number_card", "個人番号カード")
            },
            choice("driving_licence", "運転免許証"),
            choice("passport", "旅券"),
            choice("residence_card", "在留カード"),
        ],
        documents_b: vec![choice("insurance", "健康保険の資格確認書"), choice("pension", "年金手帳")],
        ticked: vec!["my_number_card".to_owned()],
        rule: text.say("Aから1点。顔写真が古くて見分けにくいときは、もう1点。"),
    }
}

fn changes(text: &Text) -> Vec<CertificateChange> {
    CertificateKind::ALL
        .iter()
        .map(|&kind| CertificateChange {
            kind,
            old_expires: Some(day(2026, 12, 10)),
            old_note: text.say("更新すると失効します"),
            new_expires: day(2031, 12, 10),
            basis: text.say("6回目の誕生日(カードの有効期限と同じ日)"),
        })
        .collect()
}

fn application(text: &Text, early: bool) -> ApplicationStep {
    ApplicationStep {
        date: today(),
        name: text.say("渡󠄁邉 花子"),
        birth: day(1980, 12, 10),
        sex: Sex::Female,
        address: text.say("見本区赤羽一丁目1番38号 赤羽第三住宅402号室"),
        procedure: text.say("更新(本人)"),
        changes: changes(text)
            .into_iter()
            .map(|change| {
                let (new_expires, basis) = if early {
                    (day(2030, 12, 10), text.say("5回目の誕生日"))
                } else {
                    (change.new_expires, change.basis)
                };
                CertificateChange { new_expires, basis, ..change }
            })
            .collect(),
        also: vec![text.say("券面事項入力補助用暗証番号を再設定します。")],
        one_year_shorter: early.then(|| OneYearShorter {
            today: day(2030, 12, 10),
            in_period: day(2031, 12, 10),
            period_from: day(2026, 11, 22),
        }),
        consented: false,
        fee: text.say("かかりません"),
    }
}

fn pins(pad: PadState) -> PinsStep {
    let state = |index: usize| match (pad, index) {
        (PadState::Stopped, 0) => PinState::Locked,
        (PadState::Stopped, 1) => PinState::Wrong,
        (PadState::Entering | PadState::Stopped, 2) => PinState::Matched,
        _ => PinState::Waiting,
    };
    let tries = [(5, 5), (3, 3), (3, 3)];
    PinsStep {
        pins: [PinKind::Signature, PinKind::Authentication, PinKind::ResidentRegister]
            .into_iter()
            .enumerate()
            .map(|(index, kind)| {
                let left = match state(index) {
                    PinState::Locked => 0,
                    PinState::Wrong => 2,
                    _ => tries[index].0,
                };
                PinRequest { kind, state: state(index), tries: Some(Tries { left, of: tries[index].1 }) }
            })
            .collect(),
        pad,
        on_reader: OnReader::Same,
        same_computer: pad == PadState::Ready,
    }
}

fn update(text: &Text, path: UpdatePath) -> UpdateStep {
    UpdateStep {
        path,
        changes: changes(text),
        checked: vec![
            text.say("リーダのカードは渡邉 花子さんのものです。"),
            text.say("3つの暗証番号が一致しました。"),
            text.say("更新期間の中です。"),
        ],
        on_reader: OnReader::Same,
    }
}

fn lines(text: &Text, failed: bool) -> Vec<ProgressLine> {
    let line = |title: &str, detail: &str, outcome| ProgressLine {
        title: text.say(title),
        detail: text.say(detail),
        outcome,
    };
    vec![
        line("同じカードかを確かめる", "H26A00012345678", StepOutcome::Done),
        line("発行側とつなぐ", "練習用の発行側", StepOutcome::Done),
        line("署名用電子証明書を書き込む", "番号 01A2B3C5", StepOutcome::Done),
        line(
            "利用者証明用電子証明書を書き込む",
            if failed { "カードが外れました" } else { "" },
            if failed { StepOutcome::Failed } else { StepOutcome::Running },
        ),
        line("カードを読み直す", "", StepOutcome::Waiting),
        line("鍵の働きを確かめる", "", StepOutcome::Waiting),
    ]
}

fn interrupted(text: &Text) -> InterruptedStep {
    InterruptedStep {
        happened: text.say("書き込みの途中でカードがリーダから外れました。"),
        meaning: text.say("署名用は新しくなりました。利用者証明用はまだ古いままで、いまのところ使えます。"),
        now: text.say("同じカードをもう一度置き、続きから更新してください。"),
        code: text.say("M-1301"),
        lines: lines(text, true),
        certificates: vec![
            CertificateNow {
                kind: CertificateKind::Signature,
                mark: Mark::Valid,
                expires: Some(day(2031, 12, 10)),
                renewed: true,
            },
            CertificateNow {
                kind: CertificateKind::Authentication,
                mark: Mark::InPeriod,
                expires: Some(day(2026, 12, 10)),
                renewed: false,
            },
        ],
        on_reader: OnReader::Same,
        may_resume: true,
        may_abort: true,
        abort_means: text.say("利用者証明用電子証明書は古いまま残ります。次に来たときに更新をやり直します。"),
        abort_reason: text.say("来た人の都合"),
    }
}

fn result(text: &Text, differs: bool) -> ResultStep {
    let read = if differs { day(2030, 12, 10) } else { day(2031, 12, 10) };
    ResultStep {
        certificates: CertificateKind::ALL
            .iter()
            .map(|&kind| CertificateResult {
                kind,
                predicted: day(2031, 12, 10),
                read: Some(read),
                serial: text.say("01A2B3C5"),
            })
            .collect(),
        done: vec![text.say("券面事項入力補助用暗証番号を新しくしました。")],
        face: true,
        left: vec![text.say("住民基本台帳用暗証番号の変更")],
        proofs: vec![
            ProgressLine {
                title: text.say("署名用の鍵で署名し、確かめる"),
                detail: text.say("一致"),
                outcome: StepOutcome::Done,
            },
            ProgressLine {
                title: text.say("利用者証明用の鍵で署名し、確かめる"),
                detail: text.say("一致"),
                outcome: StepOutcome::Done,
            },
            ProgressLine {
                title: text.say("暗証番号の残り回数"),
                detail: text.say("5回・3回"),
                outcome: StepOutcome::Done,
            },
        ],
        differs,
        reason: if differs { text.say("発行側に確かめた") } else { String::new() },
        prints: vec![print(text)],
        tell: tell(text),
    }
}

fn print(text: &Text) -> PrintLink {
    PrintLink {
        label: text.say("電子証明書の写しを印刷する"),
        href: "/cases/R8-000123/certificate-copy.pdf".to_owned(),
    }
}

fn tell(text: &Text) -> Vec<String> {
    vec![
        text.say("コンビニの証明書交付は、明日から新しい証明書で使えます。"),
        text.say("健康保険証としての利用は、そのまま続けて使えます。"),
        text.say("次の更新は令和13年9月ごろ、通知書でお知らせします。"),
    ]
}

fn closed(text: &Text) -> ClosedStep {
    ClosedStep {
        outcome: text.say("更新が完了しました。"),
        success: true,
        expiries: CertificateKind::ALL.iter().map(|&kind| (kind, day(2031, 12, 10))).collect(),
        done: vec![text.say("券面事項入力補助用暗証番号を新しくしました。")],
        tell: tell(text),
        prints: vec![print(text)],
    }
}

fn guidance(text: &Text) -> GuidanceStep {
    GuidanceStep {
        title: text.say("カードの更新が必要です"),
        sentence: text.say("カードの有効期限も同じ時期に来るため、証明書だけの更新はできません。"),
        lines: vec![
            text.say("交付申請書を渡し、新しいカードを申請してもらってください(1か月から2か月かかります)。"),
            text.say("新しいカードには新しい電子証明書が入ります。"),
        ],
        source: Source {
            title: text.say("箕面市「電子証明書の更新」"),
            detail: text.say("カードの期限まで3か月未満の人は除く。"),
        },
        way_on: Some((text.say("この人の画面へ戻る"), "/residents/1000234".to_owned())),
    }
}
