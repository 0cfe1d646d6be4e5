extension Page {
  /// The looks. Colours are those of Okabe and Ito (2008), which people with any kind of colour
  /// vision tell apart; the yellow is darker where the page is light.
  package static let style = #"""
    :root {
      color-scheme: light dark;
      --page: #fff; --ink: #1a1a1a; --dim: #5f6368; --rule: #dadce0; --panel: #f7f8f9;
      --c0: #0072b2; --c1: #d55e00; --c2: #009e73; --c3: #cc79a7;
      --c4: #e69f00; --c5: #56b4e9; --c6: #b8a800; --c7: #777;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #14171a; --ink: #e8eaed; --dim: #9aa0a6; --rule: #3c4043; --panel: #1c2024;
        --c0: #4da3d9; --c1: #f07f2e; --c2: #2bbf93; --c6: #f0e442; --c7: #b0b0b0;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0 auto; padding: 1rem; max-width: 100rem; background: var(--page);
      color: var(--ink); font: 15px/1.4 system-ui, sans-serif;
    }
    header { display: flex; flex-wrap: wrap; gap: .2rem 1rem; align-items: baseline; }
    h1 { margin: 0; font-size: 1.3rem; overflow-wrap: anywhere; }
    h1 span { font-weight: normal; color: var(--dim); }
    #state { margin: 0; color: var(--dim); }
    #state.live { color: var(--c2); }
    #state.gone { color: var(--c1); font-weight: bold; }
    dl { display: flex; flex-wrap: wrap; gap: .5rem 1.6rem; margin: .8rem 0; }
    dt { color: var(--dim); font-size: .8rem; }
    dd { margin: 0; font-variant-numeric: tabular-nums; font-size: 1.15rem; }
    main {
      display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr));
    }
    figure { margin: 0; padding: .6rem .8rem; background: var(--panel); border-radius: 6px; }
    figcaption { font-weight: 600; }
    small { font-weight: normal; color: var(--dim); overflow-wrap: anywhere; }
    svg { display: block; width: 100%; height: auto; overflow: hidden; }
    svg text { fill: var(--dim); font: 11px system-ui, sans-serif; }
    svg .ink { fill: var(--ink); }
    .rule { stroke: var(--rule); stroke-width: 1; }
    .line { fill: none; stroke-width: 1.6; stroke-linejoin: round; }
    .faint { opacity: .3; stroke-width: 1; }
    .alarm { stroke: var(--c1); stroke-width: 1; stroke-dasharray: 3 3; }
    .k0 { stroke: var(--c0); } .k1 { stroke: var(--c1); } .k2 { stroke: var(--c2); }
    .k3 { stroke: var(--c3); } .k4 { stroke: var(--c4); } .k5 { stroke: var(--c5); }
    .k6 { stroke: var(--c6); } .k7 { stroke: var(--c7); }
    .f0 { fill: var(--c0); } .f1 { fill: var(--c1); } .f2 { fill: var(--c2); }
    .f3 { fill: var(--c3); } .f4 { fill: var(--c4); } .f5 { fill: var(--c5); }
    .f6 { fill: var(--c6); } .f7 { fill: var(--c7); }
    circle { fill-opacity: .55; }
    ol { list-style: none; margin: .4rem 0 0; padding: 0; max-height: 18rem; overflow: auto; }
    li { font-variant-numeric: tabular-nums; }
    footer { margin: 1rem 0; color: var(--dim); }
    a { color: var(--c0); }
    """#
}
