import pandas as pd
import pytest
from scipy.stats import beta

from aicities import evidence
from aicities.study.translations import analysis

TEXTS = {"ja": "Japanese", "id": "Indonesian"}


def readings(confirmed):
    return pd.DataFrame({"ja": ["supports", "garbled", "absent", "supports"], "confirmed": confirmed})


def test_error_rates_count_what_is_garbled_or_absent_on_either_side():
    rates = analysis.error_rates(readings([True, True, False, False]), texts={"ja": "Japanese"})
    assert rates["label"].tolist() == ["1 of 2", "1 of 2"]
    assert rates["part"].tolist() == ["opening", "rest"]
    # Clopper and Pearson by the quantiles of the beta distribution
    assert rates["low"][0] == pytest.approx(beta.ppf(0.025, 1, 2))
    assert rates["high"][0] == pytest.approx(beta.ppf(0.975, 2, 1))


@pytest.mark.parametrize("confirmed", [True, False])
def test_error_rates_need_both_parts(confirmed):
    with pytest.raises(ValueError, match="one of the two is empty"):
        analysis.error_rates(readings([confirmed] * 4), texts={"ja": "Japanese"})


def test_the_index_values_go_to_other_cities_in_the_japanese_text():
    pairs = analysis.pair_in_print_order(
        evidence.join(), cities="composite_rank", values="composite_index", texts=TEXTS, trusted="ours"
    )
    leader = pairs.loc[pairs.groupby("reading")["value"].idxmax()].set_index("reading")["city"]
    assert leader.to_dict() == {"Japanese": "Shenzhen", "Indonesian": "Beijing", "ours": "Beijing"}
    japanese = pairs[pairs["reading"] == "Japanese"]
    assert japanese["value"].tolist() == [1.0, 0.7449, 0.6266] and japanese["city"].isna().tolist() == [
        False,
        False,
        True,
    ]
