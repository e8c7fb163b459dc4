//! Questions of scripts: a line in, a line of JSON out, whatever the line is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::settings::OfficeSettings;
use server::cli::calc;

fuzz_target!(|data: &[u8]| {
    let mut output = Vec::new();
    calc::run(data, &mut output, &OfficeSettings::default()).expect("memory can be written");
    let output = String::from_utf8(output).expect("UTF-8");
    let asked = data.split(|&byte| byte == b'\n').count();
    assert!(output.lines().count() <= asked);
    for line in output.lines() {
        let answer: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let error = answer.get("error");
        assert!(
            answer.is_object()
                && error.is_none_or(|error| error.as_str().is_some_and(|it| it.ends_with('。')))
        );
    }
});
