# What R says of the data sets that statistics.test.ts reads. Run in this folder:
#   Rscript statistics.R | npx biome format --stdin-file-path=statistics.json > statistics.json
#
# Where the data allow it (no equal values) the signed-rank limits are wilcox.test's own, with
# exact = TRUE. `mu` lies below all data, so that neither zeros nor values of opposite sign tie in
# |x - mu|: the limits do not depend on it, but wilcox.test leaves the exact branch when they do.
# Equal values remain; there the limits are order statistics of the Walsh averages at
# qsignrank's depth, which is what wilcox.test's exact branch does (asserted below).
# The median's limits invert binom.test: the values that a two-sided sign test does not refuse.

set.seed(20201)
round3 <- function(x) round(x, 3)
datasets <- list(
  one = 0.25,
  two = c(-1, 2),
  five = c(0.11, -0.32, 0.57, 0.08, 0.41),
  six = c(0.11, -0.32, 0.57, 0.08, 0.41, 0.93),
  six_positive = c(1.2, 0.7, 3.1, 2.2, 0.4, 1.9),
  seven = c(-3, 1, 4, -1.5, 5.2, 9.1, 2.6),
  eight_zero = c(0, 0.5, -0.25, 1.25, 2, -0.75, 3, 0.875),
  eight_zeros = c(0, 0, 0, 1, -1, 2, -2, 3),
  nine_opposite = c(-4, 4, -3, 3, -2, 2, -1, 1, 5),
  ten = round3(rnorm(10)),
  ten_equal = rep(0.125, 10),
  ten_all_zero = rep(0, 10),
  ten_pairs = c(1, 1, 2, 2, 3, 3, 4, 4, 5, 5),
  ten_outlier = c(round3(rnorm(9, 0.1, 0.01)), 9.75),
  twelve_logs = round3(log(rlnorm(12, 0.18, 0.05))),
  thirteen_negative = -round3(rexp(13)),
  fifteen_coarse = sample(-2:3, 15, replace = TRUE),
  twenty = round3(rnorm(20, 1)),
  twenty_cauchy = round3(rcauchy(20)),
  twenty_five_uniform = round3(runif(25, -1, 2)),
  thirty_skewed = round3(rexp(30, 3)),
  forty_nine = round3(rnorm(49, -2, 4)),
  hundred = sample(0:400, 100) / 16
)

needed <- function(n, alpha) 2 * 2^-n <= alpha

walsh <- function(x) {
  sums <- outer(x, x, "+")
  sort(sums[!lower.tri(sums)]) / 2
}

by.order <- function(x, alpha) {
  averages <- walsh(x)
  depth <- max(1, qsignrank(alpha / 2, length(x)))
  c(averages[depth], averages[length(averages) + 1 - depth])
}

signed.rank <- function(x, confidence) {
  if (!needed(length(x), 1 - confidence)) return(NULL)
  ordered <- by.order(x, 1 - confidence)
  if (anyDuplicated(x)) return(ordered)
  test <- wilcox.test(x, mu = min(x) - 1, exact = TRUE, conf.int = TRUE, conf.level = confidence)
  stopifnot(isTRUE(all.equal(as.numeric(test$conf.int), ordered)))
  stopifnot(isTRUE(all.equal(as.numeric(test$estimate), median(walsh(x)))))
  as.numeric(test$conf.int)
}

# A value v is refused when too few observations lie on one side of it; between two neighbouring
# observations the counts do not change, so the observations and points between them decide.
median.limits <- function(x, confidence) {
  n <- length(x)
  if (!needed(n, 1 - confidence)) return(NULL)
  # Ranks instead of values: ties would make the sign test drop observations.
  inside <- Filter(function(k) binom.test(k, n)$p.value > 1 - confidence, 0:n)
  sorted <- sort(x)
  c(sorted[min(inside)], sorted[max(inside) + 1])
}

number <- function(x) sprintf("%.15g", x)
array <- function(x) if (is.null(x)) "null" else paste0("[", paste(number(x), collapse = ", "), "]")

record <- function(name, confidence) {
  x <- datasets[[name]]
  paste0(
    '  {\n    "name": "', name, '",\n    "confidence": ', confidence,
    ',\n    "data": ', array(x),
    ',\n    "median": ', number(median(x)),
    ',\n    "medianInterval": ', array(median.limits(x, confidence)),
    ',\n    "hodgesLehmann": ', number(median(walsh(x))),
    ',\n    "signedRankInterval": ', array(signed.rank(x, confidence)), "\n  }"
  )
}

records <- unlist(lapply(names(datasets), function(name)
  vapply(c(0.9, 0.95, 0.99), function(confidence) record(name, confidence), "")))
cat("[\n", paste(records, collapse = ",\n"), "\n]\n", sep = "")
