//! Scripts that run in the page.

/// A script that calls `body` in every frame until the result is true, and returns that result.
///
/// `body` is the body of a function and may use `await`. Its `arguments` are those of the script.
pub(crate) fn until(body: &str, patience_milliseconds: u32) -> String {
    format!(
        "const condition = async function () {{ {body} }};
        const given = arguments;
        const end = performance.now() + {patience_milliseconds};
        return (async () => {{
          for (;;) {{
            const value = await condition.apply(null, given);
            if (value) {{
              return value;
            }}
            if (performance.now() > end) {{
              throw new Error(\"waited in vain\");
            }}
            // The timer is for pages that are not shown, which have no frames.
            await new Promise((next) => {{
              requestAnimationFrame(next);
              setTimeout(next, 100);
            }});
          }}
        }})();"
    )
}
