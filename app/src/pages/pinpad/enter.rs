//! The inputs. Every value goes straight to the counter and is never printed back.

use super::whole_form_errors;
use crate::components::{Button, Field, FormErrors, post_form};
use leptos::prelude::*;
use rules::kinds::PinKind;

/// What the resident is asked.
#[derive(Clone, Debug, Default)]
pub struct PadEnter {
    /// Which request this answers; a stale one is refused.
    pub request: String,
    /// Enough for the person to see that it is theirs: 「渡邉 さん」.
    pub person: String,
    /// The PINs, in the order to ask.
    pub pins: Vec<PadPin>,
    /// What was wrong, by PIN code (`signature`, …); never a value.
    pub errors: FormErrors,
}

/// One PIN to ask for.
#[derive(Clone, Copy, Debug)]
pub struct PadPin {
    /// Which PIN; its code is the input's name.
    pub kind: PinKind,
    /// Tries left, as the card says.
    pub tries_left: Option<u8>,
    /// Whether the present value is asked for.
    pub entry: PadEntry,
    /// Whether a new value is asked for.
    pub new: PadChoice,
    /// One try is left: the resident must agree to spend it, by `last_try` with the PIN's code.
    pub wants_consent: bool,
}

/// How far the entry of a present PIN is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PadEntry {
    /// It isn't asked for.
    No,
    /// It is asked for.
    Asked,
    /// It matched and isn't asked again.
    Right,
}

/// How far the choice of a new PIN is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PadChoice {
    /// None is asked for.
    No,
    /// It is asked for, twice.
    Asked,
    /// It was entered and is easily guessed: another one, or a tick that it shall be used all the same.
    Weak,
    /// It was entered twice alike.
    Chosen,
}

/// Posts to `/pinpad/pins` with one field a PIN, and two for a new one, or to `/pinpad/stop`.
pub(super) fn view(page: &PadEnter) -> AnyView {
    let mut first = true;
    let fields: Vec<_> = page.pins.iter().map(|pin| one(page, *pin, &mut first)).collect();
    let inside = view! {
        <div class="pad__pins">{fields}</div>
        <div class="actions">{Button::primary("入力を終える").view()}</div>
    }
    .into_any();
    let only_new = page.pins.iter().all(|pin| pin.entry == PadEntry::No);
    let title = if only_new {
        view! { {ruby("新", "あたら")}"しい"{ruby("暗証番号", "あんしょうばんごう")}"を"{ruby("決", "き")}"めてください" }
            .into_any()
    } else {
        view! { {ruby("暗証番号", "あんしょうばんごう")}"を"{ruby("入力", "にゅうりょく")}"してください" }
            .into_any()
    };
    view! {
        <h1>{title}</h1>
        <p class="pad__who"><strong>{page.person.clone()}</strong></p>
        <p>"ほかの人に見えないように入力してください。職員にも教えないでください。"</p>
        {whole_form_errors(&page.errors)}
        {post_form("/pinpad/pins").hidden("request", &page.request).view(inside)}
        {post_form("/pinpad/stop").hidden("request", &page.request).view(
            view! { <div class="actions">{Button::secondary("わからない・やめる").view()}</div> }.into_any(),
        )}
    }
    .into_any()
}

fn one(page: &PadEnter, pin: PadPin, first: &mut bool) -> AnyView {
    let present = match pin.entry {
        PadEntry::No => ().into_any(),
        PadEntry::Right => done(name(pin.kind), "✓ 合っていました"),
        PadEntry::Asked => input(page, pin, std::mem::take(first)),
    };
    let new = match pin.new {
        PadChoice::No => ().into_any(),
        PadChoice::Chosen => done(new_name(pin.kind), "✓ 決まりました"),
        PadChoice::Asked | PadChoice::Weak => new_inputs(page, pin, std::mem::take(first)),
    };
    view! { {present}{new} }.into_any()
}

fn done(name: &'static str, words: &'static str) -> AnyView {
    view! { <p class="field"><strong>{name}</strong>" "<span class="mark mark--good">{words}</span></p> }
        .into_any()
}

/// Two inputs for the new value. What is easily guessed is warned of, never refused.
fn new_inputs(page: &PadEnter, pin: PadPin, focus: bool) -> AnyView {
    let code = pin.kind.code();
    let (class, mode, most) = form_of(pin.kind);
    let (id, again) = (format!("new_{code}"), format!("again_{code}"));
    let weak = pin.new == PadChoice::Weak;
    let mut field = Field::secret(&id, new_name(pin.kind))
        .hint(new_hint(pin.kind))
        .error(page.errors.of(&id))
        .class(class)
        .input_mode(mode)
        .max_length(most);
    let mut second =
        Field::secret(&again, "もう一度、同じものを").class(class).input_mode(mode).max_length(most);
    if !weak {
        field = field.required();
        second = second.required();
    }
    if focus {
        field = field.autofocus();
    }
    let agree = weak.then(|| {
        let tick = format!("weak_ok_{code}");
        view! {
            <label class="tick" for=tick.clone()>
                <input type="checkbox" id=tick.clone() name="weak_ok" value=code/>
                <span>"このまま使います(入力しなおさないとき)"</span>
            </label>
        }
    });
    view! { <div class="field">{field.view()}{second.view()}{agree}</div> }.into_any()
}

fn form_of(kind: PinKind) -> (&'static str, &'static str, u32) {
    match kind {
        PinKind::Signature => ("input input--pin", "text", 16),
        _ => ("input input--pin input--pin4", "numeric", 4),
    }
}

fn input(page: &PadEnter, pin: PadPin, focus: bool) -> AnyView {
    let code = pin.kind.code();
    let (class, mode, most) = form_of(pin.kind);
    let mut field = Field::secret(code, name(pin.kind))
        .hint(hint(pin.kind))
        .error(page.errors.of(code))
        .class(class)
        .input_mode(mode)
        .max_length(most)
        .required();
    if focus {
        field = field.autofocus();
    }
    let left = pin.tries_left.map(|left| {
        let class = if left <= 1 { "pad__tries mark mark--bad" } else { "pad__tries muted" };
        let words = match left {
            1 => "△ あと1回まちがえると、使えなくなります。".to_owned(),
            _ => format!("あと{left}回入力できます。"),
        };
        view! { <p class=class>{words}</p> }
    });
    let consent = pin.wants_consent.then(|| {
        let id = format!("last_try_{code}");
        view! {
            <label class="tick" for=id.clone()>
                <input type="checkbox" id=id.clone() name="last_try" value=code/>
                <span>"まちがえると使えなくなることがわかったうえで、入力します"</span>
            </label>
        }
    });
    view! { <div class="field">{field.view()}{left}{consent}</div> }.into_any()
}

fn ruby(word: &'static str, reading: &'static str) -> AnyView {
    view! { <ruby>{word}<rt>{reading}</rt></ruby> }.into_any()
}

/// Names as the resident's own sheet calls them, with what they are for.
fn name(kind: PinKind) -> &'static str {
    match kind {
        PinKind::Signature => "① 署名用(6から16文字)",
        PinKind::Authentication => "② 利用者証明用(数字4けた)",
        PinKind::ResidentRegister => "③ 住民基本台帳用(数字4けた)",
        PinKind::CardEntry => "④ 券面事項入力補助用(数字4けた)",
    }
}

fn hint(kind: PinKind) -> &'static str {
    match kind {
        PinKind::Signature => "大きい文字のアルファベットと数字です。カードを作ったときに決めました。",
        PinKind::Authentication => "コンビニで証明書を取るときや、病院で使う番号です。",
        PinKind::ResidentRegister | PinKind::CardEntry => "②と同じ番号にした人が多いです。",
    }
}

fn new_name(kind: PinKind) -> &'static str {
    match kind {
        PinKind::Signature => "① 署名用の新しい暗証番号(6から16文字)",
        PinKind::Authentication => "② 利用者証明用の新しい暗証番号(数字4けた)",
        PinKind::ResidentRegister => "③ 住民基本台帳用の新しい暗証番号(数字4けた)",
        PinKind::CardEntry => "④ 券面事項入力補助用の新しい暗証番号(数字4けた)",
    }
}

fn new_hint(kind: PinKind) -> &'static str {
    match kind {
        PinKind::Signature => {
            "大きい文字のアルファベットと数字を、どちらも入れてください。小さい文字は大きい文字になります。"
        }
        _ => "ほかの人が思いつきやすい番号(生年月日など)はさけてください。",
    }
}
