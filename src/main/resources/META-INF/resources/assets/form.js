// The Run form: time zones to choose from.

for (const list of document.querySelectorAll("[data-zones]")) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const zone of new Set(["UTC", here, ...(Intl.supportedValuesOf?.("timeZone") ?? [])])) {
    const option = document.createElement("option");
    option.value = zone;
    list.append(option);
  }
}
