// Stands in the place of Chart.js, which the back office's frame loads on every page: the back office draws no charts,
// and the house's own graphs bring their library with them.
