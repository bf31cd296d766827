// The editor for the text of a lesson. The text is stored only in the address and in files that the user saves.

export class Editor {
  #kit;
  #lecture;
  #dialog = document.createElement("dialog");

  constructor(kit, lecture, root) {
    this.#kit = kit;
    this.#lecture = lecture;
    const { html, words } = kit;
    const dialog = this.#dialog;
    dialog.className = "editor";
    dialog.innerHTML = html(`<h2></h2><p></p><textarea spellcheck="false" rows="16"></textarea><div role="status"><ul class="problems"></ul></div>
      <form method="dialog"><button type="button" data-make="add"></button><button type="button" data-make="open"></button>
      <button type="button" data-make="save"></button><button type="button" data-make="link"></button><span role="status"></span>
      <button data-make="cancel"></button><button type="button" data-make="use"></button></form>
      <input class="link" type="text" readonly hidden><input type="file" accept=".txt,text/plain" hidden>`);
    dialog.querySelector("h2").textContent = words("lecture.edit");
    dialog.querySelector("p").textContent = words("lecture.edit.about");
    dialog.querySelector("textarea").setAttribute("aria-label", words("lecture.edit"));
    dialog.querySelectorAll("[data-make]").forEach((button) => (button.textContent = words(`lecture.edit.${button.dataset.make}`)));
    this.#area.value = lecture.text.trim() + "\n";
    this.#area.addEventListener("input", () => this.#check());
    dialog.addEventListener("click", ({ target }) => this.#click(target.closest("[data-make]")?.dataset.make));
    dialog.querySelector("[type=file]").addEventListener("change", ({ target }) => this.#open(target.files[0]));
    dialog.addEventListener("close", () => dialog.remove());
    root.append(dialog);
    dialog.showModal();
    this.#seek(lecture.screen?.line ?? 1);
    this.#check();
  }

  get #area() {
    return this.#dialog.querySelector("textarea");
  }

  /** Moves the cursor to the beginning of `line`. */
  #seek(line) {
    const area = this.#area;
    const lines = area.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    area.focus();
    area.setSelectionRange(start, start);
    area.scrollTop = (area.scrollHeight / lines.length) * Math.max(0, line - 4);
  }

  #check() {
    const list = this.#dialog.querySelector(".problems");
    const rows = this.#lecture.problemsOf(this.#area.value).map(([line, problem]) => {
      const row = document.createElement("li");
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: problem });
      button.addEventListener("click", () => this.#seek(line));
      row.append(button);
      return row;
    });
    list.replaceChildren(...rows);
  }

  #note(key) {
    this.#dialog.querySelector("span[role=status]").textContent = this.#kit.words(key);
  }

  async #click(what) {
    const area = this.#area;
    if (what === "use") {
      this.#lecture.use(area.value, this.#screenAtCursor());
      this.#kit.keepLesson(area.value);
      this.#dialog.close();
    } else if (what === "add") {
      this.#add();
    } else if (what === "open") {
      this.#dialog.querySelector("[type=file]").click();
    } else if (what === "save") {
      this.#kit.download(new Blob([area.value], { type: "text/plain" }), "lecture.txt");
    } else if (what === "link") {
      const link = this.#dialog.querySelector(".link");
      link.hidden = false;
      link.value = this.#kit.lessonAddress(area.value);
      this.#note((await this.#kit.copied(link)) ? "embed.copied" : "embed.select");
    }
  }

  /** The index of the screen with the cursor. */
  #screenAtCursor() {
    const line = this.#area.value.slice(0, this.#area.selectionStart).split("\n").length;
    const { screens } = this.#kit.readLesson(this.#area.value);
    return Math.max(0, screens.findLastIndex((screen) => screen.line <= line));
  }

  /** Adds the figure in its present state as a screen after the one with the cursor. */
  #add() {
    const { figure } = this.#lecture;
    if (!figure) {
      return;
    }
    const area = this.#area;
    const screen = [figure.name, ...figure.figure.state().changed.map(([key, value]) => `${key}=${value}`)].join(" ");
    const rest = area.value.slice(area.selectionStart);
    const end = area.selectionStart + (rest.search(/\n\s*\n/) + 1 || rest.length);
    const text = `\n${screen}\n${this.#kit.words("lecture.edit.caption")}\n`;
    area.setRangeText(text, end, end, "end");
    this.#seek(area.value.slice(0, end).split("\n").length + 1);
    this.#check();
  }

  async #open(file) {
    if (file) {
      this.#area.value = await file.text();
      this.#check();
    }
  }
}
