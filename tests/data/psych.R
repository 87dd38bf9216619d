# What R's psych says about three sets of answers; tests/gradebook/test_reliability.py expects coursekit to say the same.
#
#   apt-get install r-base-core r-cran-psych r-cran-jsonlite
#   Rscript psych.R            writes lsat6.csv, attitude.csv, choices.csv and psych.json into this folder
#
# lsat6: Law School Admission Test, section 6: 1,000 persons, five items right or wrong; a line a pattern with its count.
#   Bock, R. D. & Lieberman, M. (1970), Psychometrika 35, 179-197; published frequencies, here from psych::bock.
# attitude: 30 departments of a bank, seven questions, per cent of favourable answers.
#   Chatterjee, S. & Price, B. (1977), Regression Analysis by Example, p. 73; published table, here from R's datasets.
# choices: made up below from a fixed seed (so that no licence is attached): 400 persons, eight items, options 1 to 4.
library(psych)
library(jsonlite)

lsat6 <- as.data.frame(psych::lsat6)
names(lsat6) <- paste0("item", 1:5)
patterns <- aggregate(n ~ ., cbind(lsat6, n = 1), sum)
write.csv(patterns, "lsat6.csv", row.names = FALSE)
write.csv(attitude, "attitude.csv", row.names = FALSE)

set.seed(20261122)
ability <- rnorm(400)
key <- c(1, 2, 3, 4, 1, 2, 3, 4)
choices <- sapply(seq_along(key), function(item) {
  right <- runif(400) < plogis(1.2 * ability - (item - 4) / 3)
  wrong <- setdiff(1:4, key[item])
  ifelse(right, key[item], sample(wrong, 400, TRUE, c(.6, .3, .1)))
})
choices[sample(length(choices), 40)] <- NA # answers that nobody could read
colnames(choices) <- paste0("item", seq_along(key))
write.csv(choices, "choices.csv", row.names = FALSE, na = "")

scale_of <- function(scores) {
  given <- psych::alpha(as.data.frame(scores), check.keys = FALSE, warnings = FALSE)
  list(
    n = nrow(scores), alpha = given$total$raw_alpha, low = given$feldt$lower.ci$raw_alpha, high = given$feldt$upper.ci$raw_alpha,
    mean = unname(colMeans(scores)), r_drop = given$item.stats$r.drop, alpha_drop = given$alpha.drop$raw_alpha,
    sem = sd(rowSums(scores)) * sqrt(1 - given$total$raw_alpha)
  )
}

options_of <- function(choices, key) {
  whole <- na.omit(choices)
  scored <- score.multiple.choice(key, whole, score = FALSE)
  every <- score.multiple.choice(key, choices, totals = TRUE, missing = FALSE, short = FALSE)
  shares <- response.frequencies(choices)
  one <- function(item, option) {
    rest <- rowSums(scored[, -item])
    took <- whole[, item] == option
    list(item = colnames(choices)[item], option = option, n = sum(choices[, item] == option, na.rm = TRUE),
      share = unname(shares[item, as.character(option)]), mean_rest = mean(rest[took]), point_biserial = cor(as.numeric(took), rest))
  }
  pairs <- expand.grid(option = 1:4, item = seq_along(key))
  list(key = key, mean = every$item.stats$mean, scale = scale_of(scored),
    options = Map(one, pairs$item, pairs$option))
}

made <- list(psych = as.character(packageVersion("psych")), R = R.version.string,
  lsat6 = scale_of(lsat6), attitude = scale_of(attitude), choices = options_of(choices, key))
writeLines(toJSON(made, auto_unbox = TRUE, digits = 8, pretty = 1), "psych.json")
