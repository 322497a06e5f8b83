// The fonts of the machine: ReDoc's own come from another host.
const fonts = "system-ui, sans-serif";
Redoc.init(
  "/openapi.json",
  { nativeScrollbars: true, theme: { typography: { fontFamily: fonts, headings: { fontFamily: fonts } } } },
  document.getElementById("redoc"),
);
