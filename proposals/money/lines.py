"""The lines of the grids of money, as domain guide 3.7 names them: F3 to F9."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from activity.grids import Line

TODAY = {
    "pay": Line(_("Pay"), _("With pension and National Insurance")),
    "non_pay": Line(_("Supplies and services"), _("All that is not pay and not below")),
    "premises": Line(_("Premises")),
    "support": Line(_("Support services"), _("Payroll, IT, finance, and the like")),
    "overheads": Line(_("Share of overheads"), _("Of your employer's management")),
    "vat": Line(_("VAT that cannot be reclaimed")),
    "capital": Line(_("Capital charges"), _("Depreciation and interest")),
}
IN_HOUSE = {
    "": Line(
        _("Staying in-house"),
        _("What it would cost if nothing changed but savings already planned"),
        _("Enter the cost of staying in-house in year %(year)s"),
    ),
}
PRICE = {
    "": Line(
        _("Contract price"),
        _("What your employer would pay the mutual"),
        _("Enter the contract price for year %(year)s"),
    ),
}
MANAGING = {
    "": Line(
        _("Managing the contract"),
        _("Your employer's own cost, and overheads it cannot shed"),
        _("Enter the cost of managing the contract in year %(year)s, or 0"),
    ),
}
ONE_OFF = {
    "employer": Line(
        _("Your employer"),
        _("Law, advice, redundancy, moving systems"),
        _("Enter the one-off costs of your employer, or 0"),
    ),
    "team": Line(
        _("Your team"),
        _("Work on the plan in paid time, advice, setting up"),
        _("Enter the one-off costs of your team, or 0"),
    ),
    "grant": Line(
        _("Grants"),
        _("Public money given to get ready"),
        _("Enter the grants to get ready, or 0"),
    ),
}
INCOME = {
    "main": Line(
        _("Main contract"),
        _("The contract price"),
        _("Enter the income from the main contract in year %(year)s, or 0"),
    ),
    "other_public": Line(
        _("Other public bodies"),
        "",
        _("Enter what other public bodies would pay in year %(year)s, or 0"),
    ),
    "grants": Line(_("Grants"), "", _("Enter the grants in year %(year)s, or 0")),
    "trading": Line(_("Trading"), "", _("Enter the income from trading in year %(year)s, or 0")),
    "fees": Line(_("Fees from people"), "", _("Enter the fees in year %(year)s, or 0")),
    "investment": Line(
        _("Interest and investment"), "", _("Enter the income from interest in year %(year)s, or 0")
    ),
}
COSTS = {
    "pay": Line(_("Pay"), "", _("Enter the pay in year %(year)s, or 0")),
    "pension": Line(_("Pensions"), "", _("Enter the pension contributions in year %(year)s, or 0")),
    "ni": Line(
        _("Employer's National Insurance"),
        "",
        _("Enter the National Insurance in year %(year)s, or 0"),
    ),
    "premises": Line(_("Premises"), "", _("Enter the cost of premises in year %(year)s, or 0")),
    "it": Line(_("IT"), "", _("Enter the cost of IT in year %(year)s, or 0")),
    "supplies": Line(_("Supplies"), "", _("Enter the cost of supplies in year %(year)s, or 0")),
    "support": Line(
        _("Support that you buy in"), "", _("Enter the cost of support in year %(year)s, or 0")
    ),
    "insurance": Line(_("Insurance"), "", _("Enter the cost of insurance in year %(year)s, or 0")),
    "professional": Line(
        _("Professional fees"), "", _("Enter the professional fees in year %(year)s, or 0")
    ),
    "audit": Line(_("Audit"), "", _("Enter the cost of the audit in year %(year)s, or 0")),
    "vat": Line(_("VAT that cannot be reclaimed"), "", _("Enter the VAT in year %(year)s, or 0")),
    "finance": Line(
        _("Cost of finance"),
        _("Interest and charges"),
        _("Enter the cost of finance in year %(year)s, or 0"),
    ),
    "tax": Line(_("Corporation tax"), "", _("Enter the corporation tax in year %(year)s, or 0")),
    "contingency": Line(
        _("Contingency"),
        _("At least 2% of the other costs"),
        _("Enter the contingency in year %(year)s, or 0"),
    ),
}
CASH = {
    "": Line(
        _("Cash at the end of the year"),
        _("A minus where it is overdrawn"),
        _("Enter the cash at the end of year %(year)s, or 0"),
    ),
}
