//! `/settings/sign-in`: what the office decides about signing in.

use crate::components::{Button, CheckboxGroup, Choice, Field, FormErrors, RadioGroup, post_form};
use crate::frame::Frame;
use leptos::prelude::*;

/// The decisions.
#[derive(Clone, Debug, Default)]
pub struct SignInSettingsPage {
    /// `yes` or `no`: nobody works without a second factor.
    pub second_factor: String,
    /// Minutes for which a proof is good.
    pub fresh_minutes: String,
    /// What a second person can confirm.
    pub four_eyes: Vec<Choice>,
    /// What a second person confirms.
    pub chosen: Vec<String>,
    /// What the page was made from.
    pub version: String,
    /// What was wrong.
    pub errors: FormErrors,
}

/// Posts `second_factor`, `fresh_minutes` and `four_eyes`.
pub fn render(frame: &Frame, page: &SignInSettingsPage) -> String {
    frame.document("ログインと確認", false, || {
        let factor = [
            explained("yes", "全員に求める", "登録していない職員は、次のログインで登録します。"),
            explained("no", "求めない", "登録した職員にだけ求めます。"),
        ];
        let fields = view! {
            {RadioGroup::new("second_factor", "確認コード(手元の端末に出る6桁)", &factor, &page.second_factor).view()}
            {Field::text("fresh_minutes", "本人の確認が続く時間(分)")
                .hint("カードの更新、暗証番号の再設定、責任者の判断、設定の変更、一括の出力の前にパスワードを求めます。一度確かめてから、この時間は求めません。1分から30分です。")
                .value(&page.fresh_minutes).error(page.errors.of("fresh_minutes")).class("input input--short").input_mode("numeric").view()}
            {CheckboxGroup::new("four_eyes", "二人目の確認を求める操作", &page.four_eyes, &page.chosen)
                .hint("選んだ操作は、別の職員が自分のパスワードで確認してから行います。").view()}
            <div class="actions">{Button::primary("ログインと確認の設定を保存する").view()}</div>
        }
        .into_any();
        view! {
            <div class="narrow">
                {page.errors.summary()}
                <div class="page-head"><h1>"ログインと確認"</h1></div>
                {post_form("/settings/sign-in").hidden("version", &page.version).view(fields)}
            </div>
        }
        .into_any()
    })
}

fn explained(value: &str, label: &str, detail: &str) -> Choice {
    Choice { detail: Some(detail.to_owned()), ..Choice::new(value, label) }
}
