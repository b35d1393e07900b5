// All that a report's page runs: what is shown, in which order, saved as what. The page is whole without it.
{
  /** @param {string} selector @param {ParentNode} [within] */
  const all = (selector, within = document) => [
    .../** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll(selector)),
  ]
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector('#controls'))
  const sorted = { column: '', down: false }

  /** @type {() => HTMLInputElement[]} */
  const inputs = () => (form ? /** @type {HTMLInputElement[]} */ (all('input', form)) : [])
  /** @param {string} name */
  const chosen = (name) =>
    new Set(
      inputs()
        .filter((input) => input.name === name && input.checked)
        .map(({ value }) => value),
    )

  const show = () => {
    if (!form) return
    const environments = chosen('environment')
    const operations = chosen('operation')
    const isRankedOnly = chosen('ranked').size > 0
    for (const element of all('[data-environment],[data-operation],[data-unranked]')) {
      const { environment, operation, unranked } = element.dataset
      const isShown =
        (environment === undefined || environments.has(environment)) &&
        (operation === undefined || operations.has(operation)) &&
        !(isRankedOnly && unranked !== undefined)
      element.toggleAttribute('hidden', !isShown)
    }
    all('table[id]').forEach(order)
    all('figure > svg').forEach(stack)
  }

  /** @type {WeakMap<Element, HTMLElement[]>} */
  const firstOrder = new WeakMap()
  /** @param {Element} parent @param {() => HTMLElement[]} rows as the session has them */
  const original = (parent, rows) => {
    if (!firstOrder.has(parent)) firstOrder.set(parent, rows())
    return firstOrder.get(parent) ?? []
  }

  /** @param {HTMLElement[]} rows @param {(row: HTMLElement) => string | undefined} read */
  const inOrder = (rows, read) => {
    /** @param {HTMLElement} row */
    const value = (row) => Number(read(row) || Number.NaN)
    const sign = sorted.down ? -1 : 1
    return [...rows].sort((a, b) => {
      const [one, other] = [value(a), value(b)]
      if (Number.isNaN(one) || Number.isNaN(other))
        return Number(Number.isNaN(one)) - Number(Number.isNaN(other))
      return sign * (one - other)
    })
  }

  /** @param {HTMLElement} table */
  const order = (table) => {
    const [id, column] = sorted.column.split('.')
    const isOurs = id === table.id
    all('thead [data-sort]', table).forEach((head) => {
      const isHead = isOurs && head.dataset.sort === sorted.column
      if (isHead) head.setAttribute('aria-sort', sorted.down ? 'descending' : 'ascending')
      else head.removeAttribute('aria-sort')
    })
    const body = table.querySelector('tbody')
    if (!body) return
    const rows = original(body, () => all(':scope > tr', body))
    body.append(
      ...(isOurs
        ? inOrder(
            rows,
            (row) => /** @type {HTMLElement} */ (row.children[Number(column)]).dataset.value,
          )
        : rows),
    )
  }

  /** Rows below each other again, without those that are hidden. @param {HTMLElement} svg */
  const stack = (svg) => {
    const rows = original(svg, () => all('.row', svg))
    const figure = /** @type {HTMLElement | null} */ (svg.closest('figure'))
    const isSorted = sorted.column !== '' && figure?.dataset.column === sorted.column
    const first = rows[0]
    if (!first) return
    svg.dataset.top ??= /translate\(0 ([\d.]+)\)/.exec(first.getAttribute('transform') ?? '')?.[1]
    let height = Number(svg.dataset.top)
    for (const row of isSorted ? inOrder(rows, ({ dataset }) => dataset.value) : rows) {
      if (row.hasAttribute('hidden')) continue
      row.setAttribute('transform', `translate(0 ${height})`)
      height += Number(row.dataset.height)
    }
    svg.setAttribute('viewBox', `0 0 ${svg.getAttribute('width')} ${height + 4}`)
    svg.setAttribute('height', `${height + 4}`)
  }

  const keep = () => {
    const state = new URLSearchParams()
    for (const name of ['environment', 'operation']) {
      const own = inputs().filter((input) => input.name === name)
      if (own.every(({ checked }) => checked)) continue
      for (const value of chosen(name)) state.append(name, value)
      if (chosen(name).size === 0) state.append(name, '')
    }
    if (chosen('ranked').size > 0) state.set('ranked', '1')
    if (sorted.column) state.set('sort', `${sorted.column}.${sorted.down ? 'down' : 'up'}`)
    history.replaceState(null, '', `#${state}`)
  }

  const restore = () => {
    if (!location.hash.includes('=')) return // the id of a place
    const state = new URLSearchParams(location.hash.slice(1))
    for (const input of inputs()) {
      const values = state.getAll(input.name)
      input.checked =
        input.name === 'ranked'
          ? values.length > 0
          : values.length === 0 || values.includes(input.value)
    }
    const [table, column, direction] = (state.get('sort') ?? '').split('.')
    sorted.column = column ? `${table}.${column}` : ''
    sorted.down = direction === 'down'
    show()
  }

  /** @param {string | Blob} data @param {string} name @param {string} type */
  const save = (data, name, type) => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([data], { type }))
    link.download = name
    link.click()
    URL.revokeObjectURL(link.href)
  }

  /** A spreadsheet must take no text for a formula. @param {string} text */
  const field = (text) => {
    const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text
    return `"${safe.trim().replaceAll('"', '""').replaceAll(/\s+/g, ' ')}"`
  }

  /** @param {HTMLTableElement} table */
  const csv = (table) =>
    [...table.rows]
      .filter((row) => !row.hidden)
      .map((row) =>
        [...row.cells]
          .filter((cell) => !cell.hidden)
          .map((cell) => cell.dataset.csv ?? field(cell.textContent ?? ''))
          .join(','),
      )
      .join('\r\n')

  /** @param {SVGElement} svg */
  const standalone = (svg) => {
    const copy = /** @type {SVGElement} */ (svg.cloneNode(true))
    for (const row of all('[hidden]', copy)) row.remove()
    copy.setAttribute('lang', document.documentElement.lang)
    const style = document.querySelector('#chart-style')
    if (style) copy.prepend(style.cloneNode(true))
    return new XMLSerializer().serializeToString(copy)
  }

  for (const button of all('[data-save]')) {
    button.hidden = false
    button.addEventListener('click', () => {
      const owner = document.getElementById(button.dataset.save ?? '')
      const svg = owner?.querySelector('svg')
      if (svg) save(standalone(svg), `${owner?.id}.svg`, 'image/svg+xml')
      else if (owner instanceof HTMLTableElement) save(csv(owner), `${owner.id}.csv`, 'text/csv')
    })
  }
  for (const head of all('th[data-sort]')) {
    const button = document.createElement('button')
    button.append(...head.childNodes)
    head.append(button)
    button.addEventListener('click', () => {
      const { sort = '' } = head.dataset
      const isSame = sorted.column === sort
      if (isSame && !sorted.down)
        sorted.column = '' // up, then as measured
      else Object.assign(sorted, { column: sort, down: !isSame })
      keep()
      show()
    })
  }
  document.addEventListener('pointerover', ({ target }) => {
    const row = target instanceof Element ? target.closest('[data-environment]') : null
    const environment = row?.getAttribute('data-environment')
    for (const element of all('.here')) element.classList.remove('here')
    if (environment === undefined || environment === null) return
    for (const element of all('[data-environment]')) {
      element.classList.toggle('here', element.dataset.environment === environment)
    }
  })
  if (form) {
    form.hidden = false
    form.addEventListener('change', () => {
      keep()
      show()
    })
    form.querySelector('button')?.addEventListener('click', () => {
      for (const input of inputs()) input.checked = input.name !== 'ranked'
      sorted.column = ''
      keep()
      show()
    })
    addEventListener('hashchange', restore)
    restore()
  }
}
