//! Scripts that run in the page.

/// The text of a script that calls `body` every frame until it returns something true, and returns that.
///
/// `body` is the inside of a function and may use `await`; what the script is given is its `arguments`.
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
            // A page that is not shown has no frames.
            await new Promise((next) => {{
              requestAnimationFrame(next);
              setTimeout(next, 100);
            }});
          }}
        }})();"
    )
}
