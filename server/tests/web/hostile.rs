//! Twelve texts that try to become something else than text.

/// The element and the attribute that several of them try to make. No page has them.
pub const ELEMENT: &str = "poison-element";
pub const ATTRIBUTE: &str = "data-poison";

/// Each with its name. `mark` tells where it came from.
pub fn texts(mark: &str) -> [(&'static str, String); 12] {
    [
        ("script", format!("{mark}<script>alert('{mark}')</script><{ELEMENT}>")),
        ("attribute", format!("{mark}\" {ATTRIBUTE}=\"1\" x='' onfocus=alert(1) autofocus=\"")),
        ("single quote", format!("{mark}' {ATTRIBUTE}='1' onmouseover='alert(1)' y='")),
        (
            "textarea",
            format!("{mark}</textarea></title></select></option><script>alert(1)</script><{ELEMENT}>"),
        ),
        ("image", format!("{mark}<img src=x onerror=alert(1) {ATTRIBUTE}=1>")),
        ("svg", format!("{mark}<svg/onload=alert(1)><{ELEMENT}/></svg><math><mtext></mtext></math>")),
        (
            "address",
            format!("javascript:alert('{mark}')//<a href=\"javascript:alert(1)\" {ATTRIBUTE}>{mark}</a>"),
        ),
        ("direction", format!("{mark}\u{202E}<{ELEMENT}>\u{2066}txt\u{2069}\u{200F}")),
        ("control", format!("{mark}\u{0}\u{1}\u{8}\u{1B}[31m<{ELEMENT}>\u{7F}\u{85}")),
        ("braces", format!("{mark}{{{{7*7}}}}${{7*7}}#{{7*7}}<%= 7*7 %>{{% raw %}}[[{ELEMENT}]]")),
        (
            "entities",
            format!(
                "{mark}&lt;script&gt;&#60;{ELEMENT}&#62;&amp;&quot;&#x22;&NewLine;\u{2028}<{ELEMENT}>\u{2029}"
            ),
        ),
        ("long", format!("{mark}<{ELEMENT}>").repeat(10_000 / (mark.len() + ELEMENT.len() + 2))),
    ]
}
