package dev.strandline.cli.report;

/** How the page looks: sand and sea, by day and by night, on a desk and in a hand. */
final class PageStyle {
    static final String CSS = """
            :root {
              color-scheme: light dark;
              --page: #f6f3ec; --card: #ffffff; --line: #e3ddd0; --ink: #1c2830; --soft: #5c6a74;
              --on: #ffffff; --on2: #1c2830; --sea: 18 112 133; --c1: #127085; --c2: #d69a2d; --c3: #c8583f; --c4: #5d8a4a; --c5: #76589f; --c6: #8b98a3;
            }
            @media (prefers-color-scheme: dark) {
              :root {
                --page: #0f161b; --card: #172129; --line: #2a3741; --ink: #e4ecf1; --soft: #9cacb8;
                --on: #0f161b; --on2: #0f161b; --sea: 84 186 208; --c1: #3f9fb5; --c2: #d9a648; --c3: #d9745c; --c4: #7aa866; --c5: #9a80c4; --c6: #74838f;
              }
            }
            * { box-sizing: border-box; }
            body {
              margin: 0; background: var(--page); color: var(--ink); line-height: 1.5;
              font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
            }
            main, header, footer { max-width: 1120px; margin: 0 auto; padding: 0 24px; }
            header { padding-top: 40px; }
            footer { padding-top: 8px; padding-bottom: 48px; color: var(--soft); font-size: 14px; }
            h1 { font-size: 30px; line-height: 1.2; margin: 0; letter-spacing: -0.01em; overflow-wrap: anywhere; }
            h2 { font-size: 19px; line-height: 1.3; margin: 0 0 4px; }
            header p, section p { margin: 4px 0 16px; color: var(--soft); font-size: 15px; max-width: 75ch; }
            section {
              background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 22px 24px; margin: 0 0 20px;
            }
            .two { display: grid; grid-template-columns: 1fr 1fr; gap: 20px; align-items: stretch; }
            .two > section { min-width: 0; margin: 0; }
            .two { margin-bottom: 20px; }
            .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(158px, 1fr)); gap: 14px; margin: 20px 0; }
            .tile { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 14px 18px; }
            .tile b { display: block; font-size: 25px; line-height: 1.25; font-weight: 650; font-variant-numeric: tabular-nums; }
            .tile span { display: block; color: var(--soft); font-size: 13.5px; line-height: 1.4; }
            svg { display: block; width: 100%; }
            .s1 { background: var(--c1); fill: var(--c1); } .s2 { background: var(--c2); fill: var(--c2); }
            .s3 { background: var(--c3); fill: var(--c3); } .s4 { background: var(--c4); fill: var(--c4); }
            .s5 { background: var(--c5); fill: var(--c5); } .s6 { background: var(--c6); fill: var(--c6); }
            .l0 { background: rgb(var(--sea) / 0.06); fill: rgb(var(--sea) / 0.08); }
            .l1 { background: rgb(var(--sea) / 0.22); fill: rgb(var(--sea) / 0.24); }
            .l2 { background: rgb(var(--sea) / 0.42); fill: rgb(var(--sea) / 0.44); }
            .l3 { background: rgb(var(--sea) / 0.68); fill: rgb(var(--sea) / 0.68); }
            .l4 { background: rgb(var(--sea)); fill: rgb(var(--sea)); }
            .none { fill: none; }
            .stack { display: flex; gap: 2px; height: 34px; border-radius: 8px; overflow: hidden; }
            .stack > i { min-width: 2px; }
            .zoom { height: 26px; } .zoom path { fill: var(--line); opacity: 0.55; }
            .label { display: flex; justify-content: space-between; gap: 12px; font-size: 15px; margin-bottom: 5px; }
            .label b { font-variant-numeric: tabular-nums; white-space: nowrap; }
            .legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin-top: 8px; font-size: 14px; color: var(--soft); }
            .legend i { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 6px; }
            .legend b { color: var(--ink); font-weight: 600; font-variant-numeric: tabular-nums; }
            .plot { display: grid; grid-template-columns: auto 1fr; gap: 4px 10px; }
            .plot svg { height: 260px; overflow: visible; grid-column: 2; }
            .ys { display: flex; flex-direction: column; justify-content: space-between; margin: -9px 0; }
            .ys, .xs, .months { color: var(--soft); font-size: 12.5px; font-variant-numeric: tabular-nums; }
            .ys { text-align: right; white-space: nowrap; }
            .xs { display: flex; justify-content: space-between; grid-column: 2; }
            .grid { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
            .area { fill: rgb(var(--sea) / 0.2); }
            .edge { fill: none; stroke: rgb(var(--sea)); stroke-width: 2.5; vector-effect: non-scaling-stroke; }
            .ahead { fill: none; stroke: var(--c2); stroke-width: 2.5; stroke-dasharray: 6 5; vector-effect: non-scaling-stroke; }
            .bars { display: grid; grid-template-columns: fit-content(60%) minmax(60px, 1fr) auto; gap: 7px 12px; align-items: center; }
            .bars > span { font-size: 14.5px; overflow-wrap: anywhere; } .bars > b { font-size: 14px; font-weight: 600; }
            .bars > b { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
            .bars > div { background: rgb(var(--sea) / 0.08); border-radius: 5px; height: 14px; overflow: hidden; }
            .bars > div > i { display: block; height: 100%; border-radius: 5px; }
            .map { position: relative; aspect-ratio: 5 / 2; border-radius: 10px; overflow: hidden; }
            .map > div { position: absolute; border: 1.5px solid var(--card); overflow: hidden; padding: 6px 9px; color: var(--on); }
            .map > div { font-size: 13.5px; line-height: 1.3; border-radius: 6px; }
            .map .s2, .map .s6 { color: var(--on2); }
            .map b, .map span { display: block; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
            .map span { font-variant-numeric: tabular-nums; }
            .columns { display: flex; align-items: flex-end; gap: 4px; height: 170px; }
            .columns > i { flex: 1; border-radius: 4px 4px 0 0; min-height: 1px; }
            .ticks { display: flex; gap: 4px; color: var(--soft); font-size: 11.5px; margin-top: 5px; }
            .ticks > span { flex: 1; text-align: center; line-height: 1.2; }
            table { border-collapse: collapse; font-size: 14.5px; font-variant-numeric: tabular-nums; }
            .scroll { overflow-x: auto; }
            .numbers { width: 100%; }
            .numbers th { text-align: left; font-weight: 600; color: var(--soft); font-size: 13px; }
            .numbers th, .numbers td { padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
            .numbers th.n, .numbers td.n { text-align: right; white-space: nowrap; }
            .numbers .t { white-space: nowrap; } .numbers .w { overflow-wrap: anywhere; min-width: 7em; }
            .heat { width: 100%; table-layout: fixed; border-collapse: separate; border-spacing: 2px; font-size: 11px; }
            .heat th { font-weight: 400; color: var(--soft); padding: 0; text-align: center; }
            .heat th[scope=row] { text-align: left; font-size: 13.5px; color: var(--ink); padding-right: 10px; width: 200px; }
            .heat thead th:first-child { width: 200px; }
            .heat th[scope=row] { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
            .heat td { height: 26px; text-align: center; border-radius: 4px; padding: 0; }
            .heat .l3, .heat .l4 { color: var(--card); }
            .months { position: relative; height: 20px; } .months > span { position: absolute; }
            details { margin-top: 16px; } summary { cursor: pointer; color: var(--soft); font-size: 14px; }
            details[open] > summary { margin-bottom: 8px; }
            code { font: 13.5px ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
            @media (max-width: 760px) {
              main, header, footer { padding-left: 14px; padding-right: 14px; }
              header { padding-top: 24px; } h1 { font-size: 24px; }
              section { padding: 18px 16px; }
              .two { grid-template-columns: minmax(0, 1fr); }
              .tiles { grid-template-columns: 1fr 1fr; gap: 10px; }
              .tile { padding: 12px 14px; } .tile b { font-size: 21px; }
              .map { aspect-ratio: 1 / 1; }
              .plot svg { height: 190px; }
              .heat { border-spacing: 1px; } .heat td { font-size: 0; } .heat td { border-radius: 2px; }
              .heat th[scope=row], .heat thead th:first-child { width: 92px; }
              .heat th[scope=row] { font-size: 12px; padding-right: 6px; direction: rtl; }
              .heat thead th.odd { visibility: hidden; } .heat thead th { font-size: 9px; }
              .ticks > span { font-size: 9.5px; }
              .bars.long { grid-template-columns: 1fr auto; } .bars.long > span { grid-column: 1 / -1; margin-bottom: -6px; }
            }
            @media print { section { break-inside: avoid; } details { display: none; } }
            """;

    private PageStyle() {}
}
