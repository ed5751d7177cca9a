"""The columns' names as analysts and agencies write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_MARKS = re.compile(r"[^0-9a-z]+")


@lru_cache(4096)  # the files of a folder have the same headers
def normalise(header: str) -> str:
    """Return a header as it is compared: ``" Annual-Avg. Pay"`` is ``annual_avg_pay``."""
    text = unicodedata.normalize("NFKC", header).lower().replace("&", " and ")
    return _MARKS.sub("_", text.replace("%", " pct ").replace("#", " number ")).strip("_")


ALIASES: dict[str, str] = {
    "region": "region region_code region_id area area_code area_fips fips fips_code county_fips "
    "fips_county county county_code geography geo geo_code geoid geo_id geofips area_id "
    "locality locality_fips msa msa_code cbsa cbsa_code state state_fips state_code statefips "
    "wda lwda workforce_area local_area",
    "region_title": "region_title region_name area_title area_name county_name geography_name "
    "geo_name locality_name msa_name msa_title cbsa_title cbsa_name state_name areaname",
    "industry": "industry industry_code naics naics_code naics_2 naics_3 naics_4 naics2 naics3 "
    "naics4 naics_sector sector sector_code ind_code indcode industry_id industry_naics "
    "naics_industry industry_naics_code naics_industry_code naics2017 naics2022 naics_2017 "
    "naics_2022 naics_code_2017 naics_code_2022",
    "industry_title": "industry_title industry_name industry_description naics_title naics_name "
    "naics_description sector_title sector_name industry_label naics_label",
    "year": "year yr calendar_year data_year reference_year annual_year",
    "quarter": "quarter qtr quarter_number",
    "employment": "employment emp empl employed jobs number_of_jobs total_jobs total_employment "
    "employees number_of_employees num_employees average_employment avg_employment avg_emp "
    "annual_average_employment annual_avg_employment average_annual_employment "
    "avg_annual_employment annual_avg_emplvl annual_avg_emp annual_employment emplvl "
    "employment_level annual_average_employment_level job_count covered_employment "
    "headcount ann_avg_emp annual_average_jobs employment_jobs",
    "employment_low": "employment_low employment_min employment_lower jobs_low emp_low "
    "employment_low_bound employment_lower_bound low_employment",
    "employment_high": "employment_high employment_max employment_upper jobs_high emp_high "
    "employment_high_bound employment_upper_bound high_employment",
    "establishments": "establishments establishment estabs estab number_of_establishments "
    "num_establishments establishment_count annual_avg_estabs annual_average_establishments "
    "annual_avg_establishments avg_establishments average_establishments firms worksites "
    "annual_avg_estabs_count annual_average_establishment_count total_establishments est "
    "number_of_firms units reporting_units",
    "avg_annual_pay": "avg_annual_pay average_annual_pay annual_average_pay annual_avg_pay "
    "average_annual_wage avg_annual_wage annual_average_wage annual_avg_wage average_annual_wages "
    "avg_annual_wages annual_average_wages average_annual_salary average_salary avg_salary "
    "annual_pay pay_per_job average_annual_earnings avg_annual_earnings "
    "annual_wages_per_employee average_pay avg_pay average_wage_per_job",
    "total_wages": "total_wages total_annual_wages total_payroll payroll annual_payroll "
    "aggregate_wages wage_bill total_wages_paid annual_total_wages wages_total total_wages_usd",
    "total_wages_low": "total_wages_low total_wages_min total_wages_lower wages_low",
    "total_wages_high": "total_wages_high total_wages_max total_wages_upper wages_high",
    "location_quotient": "location_quotient lq employment_lq lq_employment emp_lq "
    "location_quotient_lq employment_location_quotient loc_quotient location_quotients",
    "base_year": "base_year start_year baseyear year_base from_year begin_year beginning_year "
    "year_start base_yr",
    "end_year": "end_year endyear projected_year projection_year target_year to_year year_end "
    "final_year end_yr proj_year",
    "growth_pct": "growth_pct pct_growth growth_percent percent_growth pct_change percent_change "
    "employment_growth_pct employment_change_pct total_growth_pct change_pct "
    "total_percent_change pct_change_in_employment projected_growth_total_pct",
    "annual_growth_pct": "annual_growth_pct annual_growth annual_growth_rate annual_pct_growth "
    "avg_annual_growth_pct average_annual_growth cagr cagr_pct employment_cagr_pct "
    "annualized_growth_pct annualised_growth_pct annual_growth_rate_pct annual_percent_change "
    "average_annual_growth_rate annual_pct_change annualized_growth compound_annual_growth_rate",
    "basis": "basis growth_basis growth_type observed_or_projected",
    "openings": "openings annual_openings job_openings total_openings annual_job_openings "
    "average_annual_openings projected_openings",
    "ownership": "ownership own own_code ownership_code own_title ownership_type ownership_title "
    "ownercode owner",
    "flag": "flag flags disclosure disclosure_code disclosure_flag suppression_flag "
    "suppress_flag employment_flag emp_flag status_code footnote suppression "
    "annual_average_status_code data_flag disclosure_status disclosure_codes",
    "withheld": "withheld suppressed is_suppressed is_withheld nondisclosed not_disclosed",
    "indicator": "indicator indicator_id indicator_name measure measure_name variable criterion",
    "value": "value indicator_value amount figure val",
    "low": "low value_low lower lower_bound low_value ci_low min_value",
    "high": "high value_high upper upper_bound high_value ci_high max_value",
    "unit": "unit units_of_measure unit_of_measure indicator_unit uom",
    "source": "source sources data_source source_name",
    "note": "note notes remark remarks comment comments",
}
"""Our name for a column, and the normalised headers that mean it."""

_COULD_BE: dict[tuple[str, ...], str] = {
    ("total_wages", "avg_annual_pay"): "wages wage annual_wages annual_wage pay salary salaries "
    "earnings compensation",
    ("growth_pct", "annual_growth_pct"): "growth growth_rate pct_growth_rate growth_rate_pct "
    "projected_growth change employment_growth job_growth projected_growth_pct",
    ("region", "industry"): "code codes id name title description",
}

AMBIGUOUS: dict[str, tuple[str, ...]] = {
    header: names for names, headers in _COULD_BE.items() for header in headers.split()
}
"""Headers that could be two things: the user says which."""

MEANING: dict[str, str] = {
    header: name for name, headers in ALIASES.items() for header in headers.split()
}
"""Normalised header to our name."""

NAMES: tuple[str, ...] = tuple(ALIASES)
"""All our names for columns."""


def familiar(headers: Iterable[str]) -> int:
    """Return how many different columns of ours a line of headers seems to name."""
    seen = set()
    for header in headers:
        name = normalise(header)
        if name in MEANING:
            seen.add(MEANING[name])
        elif name in AMBIGUOUS:
            seen.add(name)
    return len(seen)
