"""What officers, deciders, auditors and buyers open; the list of orders is everybody's."""

from django.urls import URLPattern, path

from lumbung.orders.views import attachments, finishing, office, shares, splits

ORDER = "pesanan/<slug:code>/"
LINE = f"{ORDER}<int:line>/"
SPLIT = f"{LINE}pembagian/<int:number>/"
SHARE = f"{ORDER}bagian/<int:share>/"

urlpatterns: list[URLPattern] = [
    path("pesanan/", office.list_orders, name="list"),
    path("pesanan/", office.list_orders, name="public_list"),
    path("pesanan/excel/", office.export_orders, name="export"),
    path("pesanan/baru/", office.new_order, name="new"),
    path(ORDER, office.show_order, name="detail"),
    path(f"{ORDER}ubah/", office.change_order, name="edit"),
    path(f"{ORDER}baris/", office.add_line, name="lines"),
    path(f"{ORDER}baris/<int:line>/", office.change_line, name="line"),
    path(f"{ORDER}terbitkan/", office.publish_order, name="publish"),
    path(f"{ORDER}batalkan/", office.cancel_order, name="cancel"),
    path(f"{ORDER}selesai/", finishing.finish, name="finish"),
    path(f"{ORDER}buka-lagi/", finishing.reopen, name="reopen"),
    path(f"{ORDER}berkas/", attachments.add_file, name="add_file"),
    path(f"{ORDER}berkas/<int:file>/hapus/", attachments.remove_file, name="remove_file"),
    path(f"{LINE}kelayakan/", splits.show_eligibility, name="eligibility"),
    path(f"{LINE}kelayakan/excel/", splits.export_eligibility, name="eligibility_export"),
    path(f"{LINE}pembagian/", splits.show_line_split, name="split"),
    path(SPLIT, splits.show_split, name="split_number"),
    path(f"{SPLIT}excel/", splits.export_split, name="split_export"),
    path(f"{SPLIT}masukan/", splits.download_inputs, name="split_inputs"),
    path(f"{SPLIT}ajukan/", splits.propose_split, name="propose"),
    path(f"{SPLIT}putuskan/", splits.decide_split, name="decide"),
    path(f"{SPLIT}kembalikan/", splits.return_split, name="return"),
    path(f"{LINE}bagi-lagi/", shares.split_again, name="resplit"),
    path(f"{ORDER}bagian/", shares.list_shares, name="shares"),
    path(f"{ORDER}bagian/excel/", shares.export_shares, name="shares_export"),
    path(SHARE, shares.show_share, name="share"),
    path(f"{SHARE}jawaban/", shares.record_answer, name="record_answer"),
    path(f"{SHARE}kembali/", shares.record_release, name="record_release"),
    path(f"{SHARE}tautan/", shares.withdraw_link, name="withdraw_link"),
    path(f"{SHARE}nomor/", shares.show_phone, name="show_phone"),
]
