"""Links without an account for tests, as a browser holds them that has opened one."""

from activity import links


def opened(client, purpose, record, address, *, proved=True):
    """The address of a record's page for whoever a link was sent to, in the client that opened it.

    proved: whether they have typed the code that proves it.
    """
    token = links.issue(purpose, record, address=address)
    session = client.session
    session[links.GRANTS] = {**session.get(links.GRANTS, {}), links._hash(token): proved}
    session.save()
    return links.path(purpose, token)


def prove(page, purpose):
    """Have a code sent and type it, in a browser at the page for the only link of its purpose."""
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(links.make_code(links.Link.objects.get(purpose=purpose)))
    page.get_by_role("button", name="Continue").click()
