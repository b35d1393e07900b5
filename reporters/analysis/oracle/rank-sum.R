# What R says of the pairs of samples that rank-sum.test.ts reads. Run in this folder:
#   Rscript rank-sum.R | npx biome format --stdin-file-path=rank-sum.json > rank-sum.json
#
# Where no values are equal the limits are wilcox.test's own, with exact = TRUE; with ties it leaves
# the exact branch, and the limits are order statistics of the differences at qwilcox's depth, which
# is what that branch does (asserted below). Too few values for the confidence: null.

set.seed(20202)
round3 <- function(x) round(x, 3)
pairs <- list(
  one_one = list(0.5, 1.5),
  two_four = list(c(1, 2.5), c(0.25, 3, 4, 5)),
  three_three = list(c(1, 2, 4), c(8, 16, 32)),
  four_four = list(c(1.1, 1.4, 1.2, 1.9), c(2.3, 2.05, 2.6, 2.2)),
  five_three = list(c(3, 1, 4, 1.5, 9), c(2.6, 5.3, 5.8)),
  six_six = list(round3(rnorm(6)), round3(rnorm(6, 1))),
  six_equal = list(rep(0.5, 6), rep(0.25, 6)),
  six_ties = list(c(1, 1, 2, 2, 3, 3), c(1, 2, 2, 3, 4, 4)),
  six_thirty = list(round3(rnorm(6, 2)), round3(rnorm(30))),
  ten_eight = list(round3(rexp(10)), round3(rexp(8, 0.2))),
  ten_outlier = list(c(round3(rnorm(9, 0.1, 0.01)), 9.75), round3(rnorm(10, 0.2, 0.01))),
  twelve_cauchy = list(round3(rcauchy(12)), round3(rcauchy(15))),
  thirty_thirty = list(round3(rnorm(30)), round3(rnorm(30, 0.4)))
)

limits <- function(x, y, confidence) {
  m <- length(x)
  n <- length(y)
  alpha <- 1 - confidence
  if (2 * pwilcox(0, m, n) > alpha) return(NULL)
  differences <- sort(outer(x, y, "-"))
  depth <- max(1, qwilcox(alpha / 2, m, n))
  ordered <- c(differences[depth], differences[m * n + 1 - depth])
  if (anyDuplicated(c(x, y))) return(ordered)
  test <- wilcox.test(x, y, exact = TRUE, conf.int = TRUE, conf.level = confidence)
  stopifnot(isTRUE(all.equal(as.numeric(test$conf.int), ordered)))
  stopifnot(isTRUE(all.equal(as.numeric(test$estimate), median(differences))))
  as.numeric(test$conf.int)
}

number <- function(x) sprintf("%.15g", x)
array <- function(x) if (is.null(x)) "null" else paste0("[", paste(number(x), collapse = ", "), "]")

record <- function(name, confidence) {
  x <- pairs[[name]][[1]]
  y <- pairs[[name]][[2]]
  paste0(
    '  {\n    "name": "', name, '",\n    "confidence": ', confidence,
    ',\n    "xs": ', array(x), ',\n    "ys": ', array(y),
    ',\n    "shift": ', number(median(outer(x, y, "-"))),
    ',\n    "interval": ', array(limits(x, y, confidence)), "\n  }"
  )
}

records <- unlist(lapply(names(pairs), function(name)
  vapply(c(0.9, 0.95, 0.99), function(confidence) record(name, confidence), "")))
cat("[\n", paste(records, collapse = ",\n"), "\n]\n", sep = "")
